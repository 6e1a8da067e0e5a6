/** The package brings no types; only what is used of it. */
declare module 'subset-font' {
  export interface SubsetOptions {
    targetFormat?: 'truetype' | 'woff2'
    /** OpenType features to keep; all when left out. */
    keepFeatures?: string[]
    variationAxes?: Record<string, { min: number; max: number; default?: number }>
    noHinting?: boolean
    /** Ids of the `name` table to keep beside the usual ones. */
    preserveNameIds?: number[]
  }
  export default function subsetFont(
    font: Buffer,
    text: string,
    options?: SubsetOptions,
  ): Promise<Buffer>
}
