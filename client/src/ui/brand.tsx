import { For, Show } from 'solid-js'
import { lang, t } from '#client/lib/i18n/i18n.ts'

/** The mark: a bowl of rice that is a pin. Its red stays in both themes. */
export function BrandMark(props: { size?: number }) {
  return (
    <svg width={props.size ?? 32} height={props.size ?? 32} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="10" fill="var(--gochu-brand)" />
      <path
        d="M16 27.4c-1 0-8.9-5.9-8.9-12.6a8.9 8.9 0 0 1 17.8 0c0 6.7-7.9 12.6-8.9 12.6z"
        fill="#fffbf4"
      />
      <path d="M10.6 15.3h10.8a5.4 5.4 0 0 1-10.8 0z" fill="var(--gochu-brand)" />
      <path d="M11.9 13.4a4.15 4.15 0 0 1 8.2 0z" fill="var(--gochu-brand)" opacity=".38" />
    </svg>
  )
}

const LETTERS = [
  'M2 2v7a1.5 1.5 0 0 0 1.5 1.5h6.6a1.5 1.5 0 0 0 1.5-1.5V2M2 5.9h9.6M15.8 1.6v10.6M15.8 6.6h3.6',
  'M4.2 14.4v6.2a1.5 1.5 0 0 0 1.5 1.5h8.6a1.5 1.5 0 0 0 1.5-1.5v-6.2M4.2 17.8h11.6',
  'M26 2.2h5.6a1.5 1.5 0 0 1 1.5 1.5v5.3a1.5 1.5 0 0 1-1.5 1.5H26a1.5 1.5 0 0 1-1.5-1.5V3.7A1.5 1.5 0 0 1 26 2.2zM37.3 1.6v10.6M42 1.6v10.6M37.3 6.6H42',
  'M28.4 14.4v6.2a1.5 1.5 0 0 0 1.5 1.5h10.6a1.5 1.5 0 0 0 1.5-1.5v-6.2M28.4 17.8H42',
] as const

/** Mark and name: drawn in Hangul, written in Latin letters for who reads English. `compact` shows the mark alone. */
export function Wordmark(props: { compact?: boolean; size?: number }) {
  const size = () => props.size ?? 32
  return (
    <span class="inline-flex items-center gap-2" role="img" aria-label={t('common.appName')}>
      <BrandMark size={size()} />
      <Show when={!props.compact}>
        <Show
          when={lang() === 'ko'}
          fallback={
            <b
              class="leading-none font-bold tracking-tight"
              style={{ 'font-size': `${size() * 0.72}px` }}
            >
              {t('common.appName')}
            </b>
          }
        >
          <svg height={size() * 0.72} viewBox="0 0 44 24" aria-hidden="true">
            <g
              fill="none"
              stroke="currentColor"
              stroke-width="2.5"
              stroke-linecap="round"
              stroke-linejoin="round"
            >
              <For each={LETTERS}>{(letter) => <path d={letter} />}</For>
            </g>
          </svg>
        </Show>
      </Show>
    </span>
  )
}
