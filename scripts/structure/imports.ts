import { posix } from 'node:path'

export interface Import {
  /** A path from the project's root (`shared/src/x.ts`), or a package's name. */
  target: string
  isPackage: boolean
  /** Nothing of it remains at run time. */
  typeOnly: boolean
  names: string
}

const ALIASES: Record<string, string> = {
  '#shared/': 'shared/src/',
  '#server/': 'server/src/',
  '#client/': 'client/src/',
}

const FROM = /^[ \t]*(import|export)\s+(type\s+)?([\w*${}\s,]*?)\s*from\s*['"]([^'"]+)['"]/gm
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*[,)]/g

/** Every import of a source text, dynamic ones and re-exports too. Comments don't count. */
export function readImports(file: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const found: Import[] = []
  const add = (specifier: string, typeOnly: boolean, names: string): void => {
    found.push({ ...resolveTarget(file, specifier), typeOnly, names: names.trim() })
  }
  for (const [, , type, names = '', specifier = ''] of code.matchAll(FROM)) {
    add(specifier, Boolean(type) || onlyTypes(names), names)
  }
  for (const [, specifier = ''] of code.matchAll(BARE)) add(specifier, false, '')
  for (const [, specifier = ''] of code.matchAll(DYNAMIC)) add(specifier, false, '')
  return found
}

/** `{ type A, type B }`: as good as `import type { A, B }`. */
function onlyTypes(names: string): boolean {
  const inside = /^\{([^}]*)\}$/.exec(names.trim())?.[1]
  if (inside === undefined) return false
  const parts = inside.split(',').filter((part) => part.trim() !== '')
  return parts.length > 0 && parts.every((part) => /^\s*type\s/.test(part))
}

function resolveTarget(file: string, specifier: string): { target: string; isPackage: boolean } {
  const path = specifier.replace(/\?.*$/, '') // vite's ?url and the like
  for (const [alias, folder] of Object.entries(ALIASES)) {
    if (path.startsWith(alias))
      return { target: folder + path.slice(alias.length), isPackage: false }
  }
  if (path.startsWith('.')) {
    return { target: posix.join(posix.dirname(file), path), isPackage: false }
  }
  return { target: path, isPackage: true }
}

/** `@scope/name/deep` is the package `@scope/name`. */
export const packageName = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')
