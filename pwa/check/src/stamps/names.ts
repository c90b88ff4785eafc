// X.500 names: compared as RFC 5280 section 7.1 says, and shown without signs that move a cursor.
import type { Bytes } from '../bytes.js'
import { equal } from '../bytes.js'
import { EncodingError, FormatError } from '../errors.js'
import type { Value } from './der.js'
import { SEQUENCE, SET, oid, parse } from './der.js'

const COMMON_NAME = '2.5.4.3'
const MAX_SHOWN = 200
const ENCODINGS: Readonly<Record<number, string>> = {
  0x0c: 'utf-8',
  0x13: 'utf-8', // PrintableString
  0x16: 'utf-8', // IA5String
  0x14: 'windows-1252', // TeletexString, as everybody reads it
  0x1e: 'utf-16be',
  0x1a: 'utf-8', // VisibleString
}

/** Whether two names in DER are the same, however their strings are spelled. */
export function isSameName(one: Bytes, other: Bytes): boolean {
  if (equal(one, other)) return true // spelled alike, as nearly always
  try {
    return prepared(one) === prepared(other)
  } catch (problem) {
    if (problem instanceof FormatError || problem instanceof EncodingError) return false // equal to nothing
    throw problem
  }
}

/** The common name, else all values of the name. */
export function nameForPeople(name: Bytes): string {
  const attributes = rdnsOf(parse(name)).flat()
  const common = attributes.find(([kind]) => kind === COMMON_NAME)
  return shown(common === undefined ? attributes.map(([, text]) => text).join(', ') : common[1])
}

export function shown(name: string): string {
  const plain = name.replace(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, '\ufffd')
  return [...plain].slice(0, MAX_SHOWN).join('')
}

function prepared(name: Bytes): string {
  const sets = rdnsOf(parse(name)).map((set) =>
    set
      .map(([kind, text]) => `${kind}=${text.normalize('NFKC').toUpperCase().toLowerCase().replace(/\s+/g, ' ').trim()}`)
      .sort(),
  )
  return JSON.stringify(sets)
}

function rdnsOf(name: Value): [string, string][][] {
  return name.parts(SEQUENCE).map((set) =>
    set.parts(SET).map((attribute): [string, string] => {
      const [kind, value] = attribute.parts(SEQUENCE)
      if (kind === undefined || value === undefined) throw new FormatError('no attribute of a name')
      return [oid(kind), stringOf(value)]
    }),
  )
}

function stringOf(value: Value): string {
  const encoding = ENCODINGS[value.tag]
  if (encoding === undefined) throw new FormatError('a string of no kind that names have')
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(value.content)
  } catch (cause) {
    throw new EncodingError('a string that is none', { cause })
  }
}
