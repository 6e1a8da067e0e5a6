import { cleanup, render } from '@solidjs/testing-library'
import { afterEach, describe, expect, test } from 'vitest'
import { Blocks } from './legal.tsx'
import { parseBlocks } from './parse.ts'

afterEach(cleanup)
const texts = import.meta.glob<string>('../../../legal/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

describe('the texts', () => {
  test('headings, paragraphs over lines, lists whose items go on', () => {
    expect(parseBlocks('# A\n\none\ntwo\n\n- x\n  goes on\n- y\n\n## B\nthree')).toEqual([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'paragraph', text: 'one two' },
      { kind: 'list', items: ['x goes on', 'y'] },
      { kind: 'heading', level: 2, text: 'B' },
      { kind: 'paragraph', text: 'three' },
    ])
  })

  test('values are text, unknown names stay', () => {
    expect(parseBlocks('from {tiles}, {other}', { tiles: '# <b>x</b>' })).toEqual([
      { kind: 'paragraph', text: 'from # <b>x</b>, {other}' },
    ])
  })

  test('markup in a text stays text on the page', () => {
    const nasty =
      '# <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n- [x](javascript:alert(1))'
    const { container } = render(() => <Blocks of={parseBlocks(nasty)} />)
    expect(container.querySelector('img, script, a')).toBeNull()
    expect(container.querySelector('h1')?.textContent).toBe('<img src=x onerror=alert(1)>')
    expect(container.querySelector('li')?.textContent).toBe('[x](javascript:alert(1))')
  })

  test('both pages exist in both languages, with the same shape and one title each', () => {
    const shape = (name: string) =>
      parseBlocks(texts[`../../../legal/${name}.md`] ?? '').map((block) => [
        block.kind,
        block.kind === 'list' ? block.items.length : 1,
      ])
    for (const page of ['privacy', 'terms']) {
      expect(shape(`${page}.ko`).length).toBeGreaterThan(5)
      expect(shape(`${page}.en`)).toEqual(shape(`${page}.ko`))
      expect(shape(`${page}.ko`)[0]).toEqual(['heading', 1])
    }
    expect(Object.keys(texts)).toHaveLength(4)
  })
})
