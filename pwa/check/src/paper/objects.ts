// PDF objects (ISO 32000-1 section 7.3), as far as the complaint is made of them. Strings are kept as Latin-1.
import type { Bytes } from '../bytes.js'
import { FormatError } from '../errors.js'

export interface Name {
  readonly name: string
}

export interface Reference {
  readonly number: number
}

export type Dictionary = ReadonlyMap<string, PdfObject>
export type PdfObject = null | boolean | number | string | Name | Reference | readonly PdfObject[] | Dictionary

const SPACE = new Set([0, 9, 10, 12, 13, 32])
const DELIMITERS = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)))
const MAX_DEPTH = 60
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

export function isDictionary(value: PdfObject | undefined): value is Dictionary {
  return value instanceof Map
}

export function isReference(value: PdfObject | undefined): value is Reference {
  return typeof value === 'object' && value !== null && 'number' in value
}

export function isName(value: PdfObject | undefined): value is Name {
  return typeof value === 'object' && value !== null && 'name' in value
}

/** Reads objects one after another from a place on; raises FormatError for what is none. */
export class Scanner {
  constructor(
    readonly data: Bytes,
    public at: number,
  ) {}

  /** The next word without delimiters, as `obj`, `stream`, `xref` are. */
  word(): string {
    this.#skip()
    const begin = this.at
    while (this.at < this.data.length && !SPACE.has(this.#byte()) && !DELIMITERS.has(this.#byte())) this.at++
    return latin1(this.data.subarray(begin, this.at))
  }

  /** Whether this word comes next; if so it is read. */
  takes(word: string): boolean {
    const begin = this.at
    if (this.word() === word) return true
    this.at = begin
    return false
  }

  whole(): number {
    const word = this.word()
    if (!/^\d{1,15}$/.test(word)) throw new FormatError('no whole number')
    return Number(word)
  }

  object(depth = 0): PdfObject {
    if (depth > MAX_DEPTH) throw new FormatError('nested too deeply')
    this.#skip()
    switch (String.fromCharCode(this.#byte())) {
      case '/':
        return this.#name()
      case '(':
        return this.#string()
      case '[':
        return this.#array(depth)
      case '<':
        return this.data[this.at + 1] === 0x3c ? this.#dictionary(depth) : this.#hexString()
      default:
        return this.#plain()
    }
  }

  #byte(): number {
    const byte = this.data[this.at]
    if (byte === undefined) throw new FormatError('cut')
    return byte
  }

  #skip(): void {
    for (; this.at < this.data.length; this.at++) {
      if (this.#byte() === 0x25) while (this.at < this.data.length && this.#byte() !== 10 && this.#byte() !== 13) this.at++
      else if (!SPACE.has(this.#byte())) return
    }
  }

  #name(): Name {
    this.at++
    const begin = this.at
    while (this.at < this.data.length && !SPACE.has(this.#byte()) && !DELIMITERS.has(this.#byte())) this.at++
    const written = latin1(this.data.subarray(begin, this.at))
    return { name: written.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) }
  }

  #string(): string {
    const begin = ++this.at
    for (let open = 1; open > 0; this.at++) {
      const character = String.fromCharCode(this.#byte())
      if (character === '\\') this.at++
      else if (character === '(') open++
      else if (character === ')') open--
    }
    const written = latin1(this.data.subarray(begin, this.at - 1))
    return written.replace(/\\(\r\n|[0-7]{1,3}|[^])/g, (_, escaped: string) => {
      if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8) & 0xff)
      return /^[\r\n]/.test(escaped) ? '' : (ESCAPES[escaped] ?? escaped)
    })
  }

  #hexString(): string {
    const begin = this.at + 1
    while (this.#byte() !== 0x3e) this.at++
    const digits = latin1(this.data.subarray(begin, this.at)).replace(/\s+/g, '')
    this.at++
    if (!/^[0-9A-Fa-f]*$/.test(digits)) throw new FormatError('no hexadecimal string')
    return (digits.match(/.{1,2}/g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair.padEnd(2, '0'), 16))).join('')
  }

  #array(depth: number): readonly PdfObject[] {
    this.at++
    const found: PdfObject[] = []
    for (this.#skip(); this.#byte() !== 0x5d; this.#skip()) found.push(this.object(depth + 1))
    this.at++
    return found
  }

  #dictionary(depth: number): Dictionary {
    this.at += 2
    const found = new Map<string, PdfObject>()
    for (this.#skip(); this.#byte() !== 0x3e; this.#skip()) {
      const key = this.object(depth + 1)
      if (!isName(key) || found.has(key.name)) throw new FormatError('no key of a dictionary, or one twice')
      found.set(key.name, this.object(depth + 1))
    }
    if (this.data[this.at + 1] !== 0x3e) throw new FormatError('no end of a dictionary')
    this.at += 2
    return found
  }

  /** A number, a reference (`12 0 R`), true, false, null. */
  #plain(): PdfObject {
    const word = this.word()
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)) throw new FormatError('no object')
    const after = this.at
    if (/^\d+$/.test(word) && /^\d+$/.test(this.word()) && this.word() === 'R') return { number: Number(word) }
    this.at = after
    return Number(word)
  }
}

function latin1(data: Bytes): string {
  let text = ''
  for (const byte of data) text += String.fromCharCode(byte)
  return text
}
