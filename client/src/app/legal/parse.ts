/** A block of a plain text: a heading, a paragraph, or a list. Its text is text: there is no markup within a line. */
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }

const HEADING = /^(#{1,3})\s+(.+)$/
const ITEM = /^[-*]\s+(.+)$/
const SLOT = /\{(\w+)\}/g

/**
 * Reads the few forms that our texts use: `#` headings, `-` lists, paragraphs parted by empty lines. `{name}` becomes its
 * value, which is text like the rest; an unknown name stays as written. Everything else is shown as it stands, so that
 * no text can become markup.
 */
export function parseBlocks(
  source: string,
  values: Readonly<Record<string, string>> = {},
): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  const begin = (block: Block): void => {
    blocks.push(block)
    open = block
  }
  for (const raw of source.split(/\r?\n/)) {
    const line = raw.trim().replace(SLOT, (whole, name: string) => values[name] ?? whole)
    const [, marks, title] = HEADING.exec(line) ?? []
    const [, item] = ITEM.exec(line) ?? []
    if (line === '') open = undefined
    else if (marks && title) {
      blocks.push({ kind: 'heading', level: marks.length as 1 | 2 | 3, text: title })
      open = undefined
    } else if (item !== undefined) {
      if (open?.kind === 'list') open.items.push(item)
      else begin({ kind: 'list', items: [item] })
    } else if (open?.kind === 'paragraph') open.text += ` ${line}`
    else if (open?.kind === 'list') open.items[open.items.length - 1] += ` ${line}`
    else begin({ kind: 'paragraph', text: line })
  }
  return blocks
}
