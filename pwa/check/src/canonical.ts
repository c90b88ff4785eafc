// RFC 8785: the one spelling of a JSON value. What is spelled otherwise is not what was signed.
import type { Bytes } from './bytes.js'
import { equal, textOf, utf8 } from './bytes.js'
import { FormatError } from './errors.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }
export type JsonObject = { readonly [member: string]: Json }

const LONE_SURROGATE = /\p{Surrogate}/u

/** The RFC 8785 bytes of one value; raises FormatError when it has none. */
export function canonical(value: Json): Bytes {
  return utf8(spelled(value))
}

/** Decode strictly: spelling the value again gives the same bytes. Raises FormatError. */
export function readCanonical(raw: Bytes): Json {
  let value: Json
  let again: Bytes
  try {
    value = JSON.parse(textOf(raw)) as Json
    again = canonical(value)
  } catch (cause) {
    throw new FormatError('not JSON with an RFC 8785 form', { cause }) // also nesting without end
  }
  if (!equal(again, raw)) throw new FormatError('JSON in another spelling than that of RFC 8785')
  return value
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a format says that it is of a later version than the first, which is the only one known here. */
export function isLater(version: Json | undefined): boolean {
  return typeof version === 'number' && Number.isInteger(version) && version > 1
}

function spelled(value: Json): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return numbered(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map((each: Json) => spelled(each)).join(',')}]`
  const members = value as JsonObject
  // By UTF-16 code units, as RFC 8785 section 3.2.3 says and JavaScript sorts.
  const names = Object.keys(members).sort()
  return `{${names.map((name) => `${quoted(name)}:${spelled(members[name] ?? null)}`).join(',')}}`
}

function quoted(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new FormatError('half a character')
  return JSON.stringify(text)
}

/** An integer beyond 2**53 - 1 may have been another number before it was read. */
function numbered(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER && Math.abs(value) < 1e21) {
    throw new FormatError('an integer beyond 2**53 - 1')
  }
  return JSON.stringify(value)
}
