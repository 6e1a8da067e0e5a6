/** What stands in the product's texts: per feature, per language, key and words. */
export type AllTexts = Readonly<
  Record<string, Readonly<Record<'ko' | 'en', Readonly<Record<string, string>>>>>
>

/** Asked for by the code of a refusal and by the kind of a place, which the types hold against their closed lists. */
const BY_CODE = ['errors', 'categories']

/**
 * Texts that no source asks for: whoever translates or rewords them works for nobody. A key is asked for by its whole name
 * in quotes, or, where a source builds names of a feature (`decision.${kind}`), by its own name in quotes.
 */
export function unusedTexts(texts: AllTexts, sources: Iterable<string>): string[] {
  const all = [...sources].join('\n')
  return Object.entries(texts)
    .filter(([feature]) => !BY_CODE.includes(feature))
    .flatMap(([feature, { ko }]) => {
      const built = all.includes(`\`${feature}.\${`)
      return Object.keys(ko)
        .filter((key) => !all.includes(`'${feature}.${key}'`))
        .filter((key) => !(built && all.includes(`'${key}'`)))
        .map(
          (key) =>
            `client/src/lib/i18n/texts/${feature}.ts: '${key}' is shown nowhere; a text comes with what shows it`,
        )
    })
}
