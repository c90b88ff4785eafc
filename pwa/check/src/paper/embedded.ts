// The file of one name among those that are embedded in a PDF (ISO 32000-1 sections 7.7.4 and 7.9.6).
import type { Bytes } from '../bytes.js'
import { FormatError } from '../errors.js'
import { PdfFile } from './file.js'
import type { PdfObject } from './objects.js'
import { isDictionary } from './objects.js'

const MAX_DEPTH = 16
const MAX_FILES = 5000

/** Its bytes, or null where no file of this name is embedded; raises FormatError where that cannot be told. */
export async function embeddedFile(data: Bytes, name: string): Promise<Bytes | null> {
  const file = new PdfFile(data)
  const names = file.resolve(file.root.get('Names'))
  const tree = isDictionary(names) ? names.get('EmbeddedFiles') : undefined
  if (tree === undefined) return null
  const found = new Map<string, PdfObject>()
  collect(file, tree, found, 0)
  const specification = file.resolve(found.get(name))
  if (!found.has(name)) return null
  const streams = isDictionary(specification) ? file.resolve(specification.get('EF')) : null
  if (!isDictionary(streams)) throw new FormatError('no embedded file')
  return file.stream(streams.get('F'))
}

function collect(file: PdfFile, node: PdfObject, found: Map<string, PdfObject>, depth: number): void {
  const value = file.resolve(node)
  if (!isDictionary(value) || depth > MAX_DEPTH) throw new FormatError('no name tree, or one without end')
  const names = file.resolve(value.get('Names'))
  const pairs = Array.isArray(names) ? (names as readonly PdfObject[]) : []
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const name = file.resolve(pairs[index])
    if (typeof name !== 'string' || found.has(name) || found.size >= MAX_FILES) throw new FormatError('names that are double or too many')
    found.set(name, pairs[index + 1] ?? null)
  }
  const kids = file.resolve(value.get('Kids'))
  for (const kid of Array.isArray(kids) ? (kids as readonly PdfObject[]) : []) collect(file, kid, found, depth + 1)
}
