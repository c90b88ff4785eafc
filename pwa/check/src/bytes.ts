// Bytes and their spellings: hex, base64, UTF-8. Everything here refuses what is not exactly that spelling.
import { EncodingError } from './errors.js'

export type Bytes = Uint8Array<ArrayBuffer>

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/
const encoder = new TextEncoder()
// A BOM is kept, so that JSON that begins with one is refused as it is elsewhere.
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

/** The text of UTF-8 bytes; raises EncodingError when they are none. */
export function textOf(data: Bytes): string {
  try {
    return strictDecoder.decode(data)
  } catch (cause) {
    throw new EncodingError('not UTF-8', { cause })
  }
}

export function hex(data: Uint8Array): string {
  let text = ''
  for (const byte of data) text += byte.toString(16).padStart(2, '0')
  return text
}

/** Bytes of lower-case hex digits, whose form was checked before. */
export function unhex(text: string): Bytes {
  const data = new Uint8Array(text.length / 2)
  for (let index = 0; index < data.length; index++) data[index] = Number.parseInt(text.slice(2 * index, 2 * index + 2), 16)
  return data
}

export function base64(data: Bytes): string {
  let text = ''
  for (const byte of data) text += String.fromCharCode(byte)
  return btoa(text)
}

/** Bytes of padded base64 (RFC 4648 section 4); raises EncodingError. */
export function unbase64(text: unknown): Bytes {
  if (typeof text !== 'string' || text.length % 4 !== 0 || !BASE64.test(text)) throw new EncodingError('not base64')
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

export function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
