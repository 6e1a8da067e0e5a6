import type { JSX } from 'solid-js'

/** A titled group of the board. */
export function Board(props: { title: string; children: JSX.Element }) {
  return (
    <section class="flex flex-col gap-4 rounded-xl bg-surface p-5 shadow-e1">
      <h2 class="text-18 font-bold tracking-tight">{props.title}</h2>
      {props.children}
    </section>
  )
}

/** A named row of one primitive's states. */
export function Row(props: { name: string; children: JSX.Element }) {
  return (
    <div class="flex flex-col gap-2">
      <h3 class="text-13 font-semi text-ink-2">{props.name}</h3>
      <div class="flex flex-wrap items-center gap-3">{props.children}</div>
    </div>
  )
}
