// A PDF with plain cross-reference tables, as the house writes them: objects by number, latest update first. Anything
// else (cross-reference streams, encryption) is not read here, and then nothing is said of the file.
import type { Bytes } from '../bytes.js'
import { concat } from '../bytes.js'
import { FormatError } from '../errors.js'
import type { Dictionary, PdfObject } from './objects.js'
import { Scanner, isDictionary, isName, isReference } from './objects.js'

const TAIL_BYTES = 1024
const MAX_UPDATES = 50
const MAX_STREAM_BYTES = 256 * 1024 * 1024

export class PdfFile {
  readonly root: Dictionary
  readonly #data: Bytes
  readonly #places = new Map<number, number | null>() // null: a free object

  /** Raises FormatError for a file that is not of this kind. */
  constructor(data: Bytes) {
    this.#data = data
    const trailer = this.#readTables()
    const root = this.resolve(trailer.get('Root'))
    if (!isDictionary(root) || trailer.has('Encrypt')) throw new FormatError('no catalogue, or encrypted')
    this.root = root
  }

  /** What a reference stands for; anything else as it is. */
  resolve(value: PdfObject | undefined): PdfObject {
    return isReference(value) ? this.#begin(value.number).object() : (value ?? null)
  }

  /** The bytes of a stream, unpacked. */
  async stream(value: PdfObject | undefined): Promise<Bytes> {
    if (!isReference(value)) throw new FormatError('a stream is an object of its own')
    const scanner = this.#begin(value.number)
    const dictionary = scanner.object()
    if (!isDictionary(dictionary) || !scanner.takes('stream')) throw new FormatError('no stream')
    const begin = scanner.at + (this.#data[scanner.at] === 0x0d ? 2 : 1)
    const length = this.resolve(dictionary.get('Length'))
    if (typeof length !== 'number' || length < 0 || begin + length > this.#data.length) throw new FormatError('no length')
    const raw = this.#data.slice(begin, begin + length)
    const filter = this.resolve(dictionary.get('Filter'))
    const filters = (Array.isArray(filter) ? filter : [filter]) as readonly PdfObject[]
    const names = filters.flatMap((each) => (each === null ? [] : isName(each) ? [each.name] : ['']))
    if (names.length === 0) return raw
    if (names.length > 1 || names[0] !== 'FlateDecode' || dictionary.has('DecodeParms')) throw new FormatError('another filter')
    return inflate(raw)
  }

  #begin(number: number): Scanner {
    const place = this.#places.get(number) ?? null
    if (place === null) throw new FormatError('an object that is not there')
    const scanner = new Scanner(this.#data, place)
    if (scanner.whole() !== number) throw new FormatError('another object')
    scanner.whole()
    if (!scanner.takes('obj')) throw new FormatError('no object')
    return scanner
  }

  /** The trailer of the last update; every table is read, a later one first. */
  #readTables(): Dictionary {
    let next: PdfObject | undefined = this.#lastTable()
    let last: Dictionary | null = null
    const seen = new Set<number>()
    while (typeof next === 'number') {
      if (seen.has(next) || seen.size > MAX_UPDATES) throw new FormatError('tables without end')
      seen.add(next)
      const trailer = this.#readTable(next)
      last ??= trailer
      if (trailer.has('XRefStm')) throw new FormatError('a cross-reference stream')
      next = trailer.get('Prev')
    }
    if (last === null) throw new FormatError('no trailer')
    return last
  }

  #lastTable(): number {
    const tail = new TextDecoder('latin1').decode(this.#data.subarray(Math.max(0, this.#data.length - TAIL_BYTES)))
    const found = /startxref\s+(\d{1,15})\s+%%EOF\s*$/.exec(tail)
    if (found === null) throw new FormatError('no end of a PDF')
    return Number(found[1])
  }

  #readTable(place: number): Dictionary {
    const scanner = new Scanner(this.#data, place)
    if (!scanner.takes('xref')) throw new FormatError('no plain table')
    while (!scanner.takes('trailer')) {
      const first = scanner.whole()
      const count = scanner.whole()
      for (let number = first; number < first + count; number++) {
        const offset = scanner.whole()
        scanner.whole()
        const kind = scanner.word()
        if (kind !== 'n' && kind !== 'f') throw new FormatError('no entry of a table')
        if (!this.#places.has(number)) this.#places.set(number, kind === 'n' ? offset : null)
      }
    }
    const trailer = scanner.object()
    if (!isDictionary(trailer)) throw new FormatError('no trailer')
    return trailer
  }
}

async function inflate(raw: Bytes): Promise<Bytes> {
  const parts: Bytes[] = []
  let size = 0
  const reader = new Blob([raw]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return concat(...parts)
      size += value.length
      if (size > MAX_STREAM_BYTES) throw new FormatError('a stream that is too large')
      parts.push(value as Bytes)
    }
  } catch (cause) {
    throw cause instanceof FormatError ? cause : new FormatError('a damaged stream', { cause })
  }
}
