import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.(css|tsx?)$/.test(name) && !/\.test\./.test(name),
)
const texts = new Map(files.map((name) => [name, readFileSync(join(root, name), 'utf8')]))

/** Set by Kobalte on its own elements, and by Tailwind. */
const foreign = /^--(kb|tw)-/

test('every custom property that is used is set somewhere', () => {
  const set = new Set<string>()
  for (const text of texts.values()) {
    for (const [, name] of text.matchAll(/(--[a-z0-9-]+)['"]?\s*:/g)) set.add(name ?? '')
    for (const [, name] of text.matchAll(/setProperty\(\s*['"`](--[a-z0-9-]+)/g))
      set.add(name ?? '')
  }
  const unset = [...texts].flatMap(([file, text]) =>
    // A second argument is a fallback: then it need not be set.
    [...text.matchAll(/var\((--[a-z0-9-]+)\)/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => !set.has(name) && !foreign.test(name))
      .map((name) => `${file}: ${name}`),
  )
  expect(unset).toEqual([])
})

/** Marks of a fixed size, and names that lie on the map's ground: everything else follows the reader's own text size. */
const FIXED = ['ui/dish.css', 'lib/leaflet.css', 'features/rooms/ui/map/presence.css']

test('sizes of text follow the size that the reader has chosen', () => {
  const fixed = [...texts]
    .filter(([file]) => file.endsWith('.css') && !FIXED.includes(file.replaceAll('\\', '/')))
    .flatMap(([file, text]) =>
      // Words on a portrait follow it as far as a face is wide; its button says them too.
      [...text.matchAll(/font(?:-size)?:(?!\s*min\(var\(--text-)[^;{}]*?(\d+)px/g)]
        // A dot's name on the map.
        .filter(([, px]) => px !== '11')
        .map(([rule]) => `${file}: ${rule}`),
    )
  expect(fixed).toEqual([])
})
