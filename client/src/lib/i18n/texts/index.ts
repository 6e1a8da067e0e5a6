import { categories } from './categories.ts'
import { chat } from './chat.ts'
import { common } from './common.ts'
import { decision } from './decision.ts'
import { demo } from './demo.ts'
import { errors } from './errors.ts'
import { explore } from './explore.ts'
import { home } from './home.ts'
import { map } from './map.ts'
import { place } from './place.ts'
import { places } from './places.ts'
import { rooms } from './rooms.ts'
import { settings } from './settings.ts'
import { voice } from './voice.ts'
import { votes } from './votes.ts'

/** All texts, by feature. A key is 'feature.name'. */
export const texts = {
  common,
  explore,
  home,
  rooms,
  votes,
  chat,
  voice,
  place,
  places,
  categories,
  map,
  decision,
  demo,
  settings,
  errors,
}

export type Texts = typeof texts
