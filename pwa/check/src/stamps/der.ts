// DER (ITU-T X.690 section 10), strictly: each length definite and minimal, no string in pieces, nothing left over.
// Parsers differ in what else they forgive; where they differ, one statement could be read as two.
import type { Bytes } from '../bytes.js'
import { concat, equal, hex } from '../bytes.js'
import { FormatError } from '../errors.js'
import { isMoment, spell } from '../times.js'

const CONSTRUCTED = 0x20
const CLASS_BITS = 0xc0
const TAG_BITS = 0x1f
const MAX_DEPTH = 40
const MAX_LENGTH_BYTES = 4

export const BOOLEAN = 0x01
export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04
export const OBJECT_IDENTIFIER = 0x06
export const UTC_TIME = 0x17
export const GENERALIZED_TIME = 0x18
export const SEQUENCE = 0x30
export const SET = 0x31

/** A context-specific tag that holds other values. */
export function tagged(number: number): number {
  return 0xa0 | number
}

/** A context-specific tag in the place of a plain one. */
export function implicit(number: number): number {
  return 0x80 | number
}

/** One value: its tag, its bytes with and without tag and length, what it holds. */
export class Value {
  readonly #parts: readonly Value[] | null

  constructor(
    readonly tag: number,
    readonly whole: Bytes,
    readonly content: Bytes,
    parts: readonly Value[] | null,
  ) {
    this.#parts = parts
  }

  /** What a constructed value of this tag holds; raises FormatError for another. */
  parts(tag: number): readonly Value[] {
    if (this.tag !== tag || this.#parts === null) throw new FormatError('another kind of value')
    return this.#parts
  }

  /** The content of a plain value of this tag. */
  plain(tag: number): Bytes {
    if (this.tag !== tag) throw new FormatError('another kind of value')
    return this.content
  }

  /** The one value within an explicit tag. */
  inside(number: number): Value {
    return only(this.parts(tagged(number)))
  }
}

/** Reads the parts of a sequence one after another; optional ones by their tag. */
export class Walk {
  #at = 0
  readonly #parts: readonly Value[]

  constructor(parts: readonly Value[]) {
    this.#parts = parts
  }

  next(): Value {
    const found = this.#parts[this.#at++]
    if (found === undefined) throw new FormatError('a value is missing')
    return found
  }

  maybe(tag: number): Value | null {
    const found = this.#parts[this.#at]
    if (found?.tag !== tag) return null
    this.#at++
    return found
  }

  end(): void {
    if (this.#at < this.#parts.length) throw new FormatError('a value too many')
  }
}

/** One value that fills the bytes to their end; raises FormatError. */
export function parse(data: Bytes): Value {
  const [value, end] = walk(data, 0, data.length, 0)
  if (end !== data.length) throw new FormatError('bytes after the end')
  return value
}

export function only(parts: readonly Value[]): Value {
  const [one] = parts
  if (one === undefined || parts.length !== 1) throw new FormatError('not exactly one value')
  return one
}

/** An object identifier in dotted form. */
export function oid(value: Value): string {
  const content = value.plain(OBJECT_IDENTIFIER)
  const numbers: bigint[] = []
  let number = 0n
  for (const byte of content) {
    number = (number << 7n) | BigInt(byte & 0x7f)
    if ((byte & 0x80) === 0) {
      numbers.push(number)
      number = 0n
    }
  }
  const first = numbers[0]
  if (first === undefined || ((content.at(-1) ?? 0x80) & 0x80) !== 0) throw new FormatError('no object identifier')
  const arc = first < 80n ? first / 40n : 2n
  return [arc, first - arc * 40n, ...numbers.slice(1)].join('.')
}

export function integer(value: Value, tag = INTEGER): bigint {
  const content = value.plain(tag)
  if (content.length === 0) throw new FormatError('an integer of no bytes')
  const unsigned = BigInt(`0x${hex(content)}`)
  return ((content[0] ?? 0) & 0x80) === 0 ? unsigned : unsigned - (1n << BigInt(8 * content.length))
}

export function boolean(value: Value): boolean {
  return value.plain(BOOLEAN)[0] !== 0
}

/** The bytes of a bit string of whole bytes. */
export function bits(value: Value): Bytes {
  const content = value.plain(BIT_STRING)
  if (content[0] !== 0) throw new FormatError('a bit string that is not whole bytes')
  return content.slice(1)
}

/** UTCTime or GeneralizedTime in UTC, as our own spelling of a time. */
export function time(value: Value): string {
  const text = String.fromCharCode(...value.content)
  const pattern = value.tag === UTC_TIME ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,](\d+))?Z$/
  const found = value.tag === UTC_TIME || value.tag === GENERALIZED_TIME ? pattern.exec(text) : null
  if (found === null) throw new FormatError('no time in UTC')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number)
  const full = value.tag === UTC_TIME ? year + (year < 50 ? 2000 : 1900) : year
  if (!isMoment(full, month, day, hour, minute, second)) throw new FormatError('no moment that there is')
  return spell([full, month, day, hour, minute, second], Number((found[7] ?? '').padEnd(6, '0').slice(0, 6)))
}

/** The same value under another tag, as a signature over an implicitly tagged set needs it. */
export function retagged(value: Value, tag: number): Bytes {
  return concat(Uint8Array.of(tag), value.whole.subarray(1))
}

/** DER of a set of these values: sorted by their bytes. */
export function setOf(values: readonly Value[]): Bytes {
  const sorted = values.map((each) => each.whole).sort(byBytes)
  const content = concat(...sorted)
  return concat(Uint8Array.of(SET), lengthOf(content.length), content)
}

function byBytes(one: Bytes, other: Bytes): number {
  if (equal(one, other)) return 0
  return hex(one) < hex(other) ? -1 : 1
}

function lengthOf(length: number): Bytes {
  if (length < 0x80) return Uint8Array.of(length)
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.of(0x80 | bytes.length, ...bytes)
}

function walk(data: Bytes, start: number, end: number, depth: number): [Value, number] {
  if (depth > MAX_DEPTH) throw new FormatError('nested too deeply')
  if (start + 2 > end) throw new FormatError('cut')
  const tag = data[start] as number
  if ((tag & TAG_BITS) === TAG_BITS) throw new FormatError('a tag of more than one octet')
  const [length, begin] = readLength(data, start + 1, end)
  const stop = begin + length
  if (stop > end) throw new FormatError('a value is longer than what holds it')
  const isUniversal = (tag & CLASS_BITS) === 0
  const isCollection = (tag | CONSTRUCTED) === SEQUENCE || (tag | CONSTRUCTED) === SET
  let parts: Value[] | null = null
  if ((tag & CONSTRUCTED) !== 0) {
    if (isUniversal && !isCollection) throw new FormatError('a string in pieces')
    parts = []
    for (let place = begin; place < stop; ) {
      const [part, next] = walk(data, place, stop, depth + 1)
      parts.push(part)
      place = next
    }
  } else if (isUniversal && isCollection) {
    throw new FormatError('a sequence that is not constructed')
  }
  return [new Value(tag, data.slice(start, stop), data.slice(begin, stop), parts), stop]
}

function readLength(data: Bytes, at: number, end: number): [number, number] {
  const first = data[at] as number
  if (first < 0x80) return [first, at + 1]
  const count = first & 0x7f
  if (count < 1 || count > MAX_LENGTH_BYTES || at + 1 + count > end) throw new FormatError('an unreasonable length')
  let length = 0
  for (let index = 1; index <= count; index++) length = length * 256 + (data[at + index] as number)
  if (length < 0x80 || length < 256 ** (count - 1)) throw new FormatError('a length that is not minimal')
  return [length, at + 1 + count]
}
