import { readImports } from './imports.ts'
import { judgeImport } from './rules.ts'
import { placeFile } from './zones.ts'

/** Everything that stands where it may not, one sentence each; `files` maps paths to their text. */
export function checkStructure(files: ReadonlyMap<string, string>): string[] {
  const faults: string[] = []
  for (const [path, text] of files) {
    const { zone, isTest, fault } = placeFile(path)
    if (fault) faults.push(`${path}: ${fault}`)
    if (!zone) continue
    for (const to of readImports(path, text)) {
      const why = judgeImport(path, zone, isTest, to)
      if (why) faults.push(`${path} imports ${to.target}: ${why}`)
    }
    if (zone.kind === 'server-feature' && !isTest && /\bprocess\.env\b/.test(text)) {
      faults.push(`${path} reads process.env: only config.ts does; take the value as an argument`)
    }
  }
  return faults
}
