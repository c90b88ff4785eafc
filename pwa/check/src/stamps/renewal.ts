// Renewal of time-stamps before their strength ends (docs/formats/renewal.md): what all stamps of one subject come to.
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { Bytes } from '../bytes.js'
import { concat, hex, unhex, utf8 } from '../bytes.js'
import type { Json } from '../canonical.js'
import { isLater, isObject, readCanonical } from '../canonical.js'
import { FormatError, NotHereError, StampError, VersionError } from '../errors.js'
import type { DigestName } from './algorithms.js'
import { firstEnd, isDigestName } from './algorithms.js'
import type { Roots, Token } from './token.js'
import { isSelfIssued, verifyResponse } from './token.js'

const DOMAIN = utf8('liuzheng/renewal/v1\n')
const HEX_DIGITS: Readonly<Record<DigestName, number>> = { sha256: 64, sha384: 96, sha512: 128 }
const HASHES: Readonly<Record<DigestName, (data: Uint8Array) => Uint8Array>> = { sha256, sha384, sha512 }
const NAMES = Object.keys(HASHES) as DigestName[]
const MAX_RENEWED = 400

export type State = 'current' | 'renewed' | 'lapsed' | 'failed' | 'unknown' | 'not_here'

/** A whole response in DER and, where it renews others, the text that it is over. */
export interface Stamp {
  readonly response: Bytes
  readonly renewal: Bytes | null
}

/** One stamp as judged. `state` counts every renewal, `outside` those by outside TSAs only. */
export interface Link {
  readonly token: Token | null
  readonly code: string // why it failed or is unknown, '' otherwise
  readonly strongUntil: string | null
  readonly state: State
  readonly outside: State
}

interface Text {
  readonly algorithm: DigestName
  readonly subject: Readonly<Record<string, string>>
  readonly renews: readonly string[]
}

interface Alone {
  readonly token: Token | null
  readonly code: string
  readonly state: 'unknown' | 'not_here' | null // null: held or failed, as `code` says
  readonly strongUntil: string | null
  readonly text: Text | null
  readonly names: readonly string[] // by which a renewal text may call this response
}

/** The digest of the subject by an algorithm; null where its bytes are not at hand. */
export type DigestOf = (algorithm: DigestName) => Promise<string | null>

/** Judge all stamps of one subject together, in the order given, as of a moment. */
export async function judge(stamps: readonly Stamp[], digestOf: DigestOf, at: string, roots: Roots): Promise<Link[]> {
  const alone: Alone[] = []
  for (const stamp of stamps) alone.push(await judgeAlone(stamp, digestOf, roots))
  const byAny = states(alone, at, false)
  const byStrangers = states(alone, at, true)
  return alone.map(({ token, code, strongUntil }, index) => ({
    token,
    code,
    strongUntil,
    state: byAny[index] ?? 'failed',
    outside: byStrangers[index] ?? 'failed',
  }))
}

async function judgeAlone(stamp: Stamp, digestOf: DigestOf, roots: Roots): Promise<Alone> {
  const names = NAMES.map((name) => hex(HASHES[name](stamp.response)))
  const none = { token: null, strongUntil: null, text: null, names }
  let text: Text | null = null
  try {
    text = stamp.renewal === null ? null : readText(stamp.renewal)
    const over = await whatItIsOver(stamp, text, digestOf)
    if (typeof over === 'string') return { ...none, code: over, state: over === 'renewal_subject_unknown' ? 'unknown' : null, text }
    const token = await verifyResponse(stamp.response, over, roots)
    const end = firstEnd(token.algorithms)
    if (end !== null && end <= token.genTime) return { ...none, token, code: 'stamp_algorithm_ended', state: null, text }
    const strongUntil = end !== null && end < token.validUntil ? end : token.validUntil
    return { token, code: '', state: null, strongUntil, text, names }
  } catch (problem) {
    if (problem instanceof StampError) return { ...none, code: problem.code, state: null }
    if (problem instanceof FormatError) return { ...none, code: 'renewal_malformed', state: null }
    if (problem instanceof VersionError) return { ...none, code: 'renewal_version_unknown', state: 'unknown' }
    if (problem instanceof NotHereError) return { ...none, code: problem.message, state: 'not_here' }
    throw problem
  }
}

/** The digest that the token must be over, or the code why there is none to compare. */
async function whatItIsOver(stamp: Stamp, text: Text | null, digestOf: DigestOf): Promise<Bytes | string> {
  if (text === null || stamp.renewal === null) {
    const digest = await digestOf('sha256')
    return digest === null ? 'renewal_subject_unknown' : unhex(digest)
  }
  for (const [algorithm, named] of Object.entries(text.subject)) {
    const digest = isDigestName(algorithm) ? await digestOf(algorithm) : null
    if (digest === null) return 'renewal_subject_unknown'
    if (digest !== named) return 'renewal_other_subject'
  }
  return new Uint8Array(HASHES[text.algorithm](concat(DOMAIN, stamp.renewal)))
}

/** Take a text apart, strictly; raises FormatError, VersionError. */
function readText(raw: Bytes): Text {
  const value = readCanonical(raw)
  if (!isObject(value)) throw new FormatError('no renewal text')
  if (isLater(value['v'])) throw new VersionError('a later version')
  const { algorithm, subject, renews } = value
  if (value['v'] !== 1 || Object.keys(value).sort().join() !== 'algorithm,renews,subject,v') throw new FormatError('other members')
  if (typeof algorithm !== 'string' || !isDigestName(algorithm) || !isObject(subject) || !Array.isArray(renews)) throw new FormatError('no renewal text')
  const wanted = new Set<string>(['sha256', algorithm])
  const names = Object.keys(subject)
  const isNamed = names.length === wanted.size && names.every((name) => wanted.has(name) && isDigest(name as DigestName, subject[name]))
  const isList = renews.length >= 1 && renews.length <= MAX_RENEWED && renews.every((each: Json) => isDigest(algorithm, each))
  if (!isNamed || !isList || new Set(renews).size !== renews.length) throw new FormatError('no renewal text')
  return { algorithm, subject: subject as Readonly<Record<string, string>>, renews: renews as readonly string[] }
}

function isDigest(algorithm: DigestName, value: Json | undefined): boolean {
  return typeof value === 'string' && value.length === HEX_DIGITS[algorithm] && /^[0-9a-f]*$/.test(value)
}

/** Latest first: what renews a stamp is known before the stamp itself is asked. */
function states(all: readonly Alone[], at: string, outsideOnly: boolean): State[] {
  const found: State[] = []
  const standing = new Map<string, Alone[]>() // name of a response to what renews it and stands
  const order = all.map((_, place) => place).sort((one, other) => -compare(all[one] as Alone, all[other] as Alone))
  for (const place of order) {
    const link = all[place] as Alone
    const state = (found[place] = stateOf(link, standing, at))
    const stands = (state === 'current' || state === 'renewed') && link.token !== null && link.text !== null
    if (!stands || (outsideOnly && isSelfIssued(link.token))) continue
    for (const name of link.text.renews) standing.set(name, [...(standing.get(name) ?? []), link])
  }
  return found
}

/** Sorts a renewal behind what it can have renewed. */
function compare(one: Alone, other: Alone): number {
  const [first, second] = [one.token?.genTime ?? '', other.token?.genTime ?? '']
  if (first !== second) return first < second ? -1 : 1
  return (one.text?.renews.length ?? 0) - (other.text?.renews.length ?? 0)
}

function stateOf(link: Alone, standing: ReadonlyMap<string, readonly Alone[]>, at: string): State {
  if (link.state !== null) return link.state
  const { token, strongUntil } = link
  if (link.code !== '' || token === null || strongUntil === null) return 'failed'
  if (at < strongUntil) return 'current'
  const renewals = link.names.flatMap((name) => standing.get(name) ?? [])
  const inTime = renewals.some((each) => each.token !== null && token.genTime <= each.token.genTime && each.token.genTime < strongUntil)
  return inTime ? 'renewed' : 'lapsed'
}
