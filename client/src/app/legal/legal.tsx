import './legal.css'
import { createEffect, createResource, For, Match, Show, Switch } from 'solid-js'
import { readConfig } from '../../lib/config.ts'
import { lang, t } from '../../lib/i18n/i18n.ts'
import type { Lang } from '../../lib/i18n/i18n.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { ChevronLeft, Unplug } from '../../ui/icons.ts'
import { createPatience, Skeleton, StatePage } from '../../ui/states.tsx'
import { parseBlocks } from './parse.ts'
import type { Block } from './parse.ts'

/** Whoever runs a site may put own texts in the place of these files. */
const files = import.meta.glob<string>('../../../legal/*.md', { query: '?raw', import: 'default' })

export type LegalName = 'privacy' | 'terms'

/** Host of the map's pictures; a path of our own server is this site. */
function tilesHost(template: string): string {
  return /^https?:\/\/([^/]+)/.exec(template)?.[1]?.replace(/^\{s\}\./, '') ?? location.host
}

async function readText([name, language]: readonly [LegalName, Lang]): Promise<Block[]> {
  const load = files[`../../../legal/${name}.${language}.md`]
  if (!load) throw new Error(`There is no text ${name}.${language}`)
  // The text is worth reading without the server too: then it speaks of the map's server in general.
  const [source, config] = await Promise.all([load(), readConfig().catch(() => null)])
  return parseBlocks(source, {
    tiles: config ? tilesHost(config.tiles.address) : t('settings.tilesServer'),
  })
}

/** Blocks as elements; their text is set as text, never as markup. */
export function Blocks(props: { of: readonly Block[] }) {
  return (
    <For each={props.of}>
      {(block) => (
        <Switch>
          <Match when={block.kind === 'list' && block}>
            {(list) => (
              <ul>
                <For each={list().items}>{(item) => <li>{item}</li>}</For>
              </ul>
            )}
          </Match>
          <Match when={block.kind === 'paragraph' && block}>
            {(paragraph) => <p>{paragraph().text}</p>}
          </Match>
          <Match when={block.kind === 'heading' && block}>
            {(heading) => <Heading of={heading()} />}
          </Match>
        </Switch>
      )}
    </For>
  )
}

function Heading(props: { of: Extract<Block, { kind: 'heading' }> }) {
  return (
    <Switch fallback={<h3>{props.of.text}</h3>}>
      <Match when={props.of.level === 1}>
        <h1>{props.of.text}</h1>
      </Match>
      <Match when={props.of.level === 2}>
        <h2>{props.of.text}</h2>
      </Match>
    </Switch>
  )
}

/** A text of this site in the reader's language, from its file. */
export function LegalPage(props: { name: LegalName }) {
  const [blocks] = createResource(() => [props.name, lang()] as const, readText)
  const waits = createPatience(() => blocks.loading)
  createEffect(() => {
    document.title = `${t(`common.${props.name}`)} · ${t('common.appName')}`
  })
  return (
    <div class="legal-page">
      <header>
        <a class="rb" data-look="quiet" data-size="44" href="/" aria-label={t('common.goHome')}>
          <ChevronLeft size={24} />
        </a>
      </header>
      <main class="legal">
        <Switch>
          <Match when={blocks.error !== undefined}>
            <StatePage
              icon={<Unplug size={26} />}
              title={t('common.offline')}
              actions={
                <ButtonLink href={`/${props.name}`} rel="external">
                  {t('common.retryLong')}
                </ButtonLink>
              }
            />
          </Match>
          <Match when={blocks.loading}>
            <Show when={waits()}>
              <output class="grid gap-3" aria-label={t('settings.legalLoading')}>
                <Skeleton width="40%" height="30px" />
                <Skeleton />
                <Skeleton width="80%" />
              </output>
            </Show>
          </Match>
          <Match when={blocks()}>{(known) => <Blocks of={known()} />}</Match>
        </Switch>
      </main>
    </div>
  )
}
