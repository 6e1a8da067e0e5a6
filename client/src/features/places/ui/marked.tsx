import { createMemo, For, Show } from 'solid-js'
import { findMarks } from '#shared/places.marks.ts'

/** A name with what was searched for marked, also where it was found by initials or half a syllable. */
export function Marked(props: { text: string; query: string }) {
  const parts = createMemo(() => {
    const list: { text: string; marked: boolean }[] = []
    let from = 0
    for (const [start, end] of props.query === '' ? [] : findMarks(props.text, props.query)) {
      if (start > from) list.push({ text: props.text.slice(from, start), marked: false })
      list.push({ text: props.text.slice(start, end), marked: true })
      from = end
    }
    if (from < props.text.length) list.push({ text: props.text.slice(from), marked: false })
    return list
  })
  return (
    <For each={parts()}>
      {(part) => (
        <Show when={part.marked} fallback={part.text}>
          <mark>{part.text}</mark>
        </Show>
      )}
    </For>
  )
}
