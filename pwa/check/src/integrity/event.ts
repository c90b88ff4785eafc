// Custody event v1: its bytes, its chain, its place in the log (docs/formats/custody-event.md).
import type { Bytes } from '../bytes.js'
import { utf8 } from '../bytes.js'
import type { Json, JsonObject } from '../canonical.js'
import { isLater, isObject, readCanonical } from '../canonical.js'
import { ChainBrokenError, FormatError, VersionError } from '../errors.js'
import { readTime } from '../times.js'
import { sha256, sha256Hex } from './sha.js'
import { ACTORS, ACTS, SUBJECTS } from './words.js'

const VERSION = 1
const LEAF_DOMAIN = utf8('liuzheng/event/v1\n')
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const ID = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9]{1,19}|[0-9a-f]{64}|[a-z][a-z_]{0,39})$/
const HEX_32_BYTES = /^[0-9a-f]{64}$/
const FACT_NAME = /^[a-z][a-z0-9_]{0,39}$/
const FACT_TEXT = /^[A-Za-z0-9][A-Za-z0-9._:/+=@,;-]{0,199}$/
const MAX_FACTS = 40
const MAX_LIST = 2000
const MEMBERS = 'act,actor,at,facts,id,previous,salt,subject,v'
const PAIR = 'id,type'

export interface Event {
  readonly id: string
  readonly subjectType: string
  readonly subjectId: string
  readonly actorType: string
  readonly act: string
  readonly at: string
  readonly facts: JsonObject
  readonly previous: string | null
}

/** Read stored bytes, strictly. Raises VersionError (a later version or word) or FormatError. */
export function decode(raw: Bytes): Event {
  const value = readCanonical(raw)
  if (!isObject(value)) throw new FormatError('no event')
  if (isLater(value['v'])) throw new VersionError('a later version')
  const { subject, actor, facts, previous, act } = value
  if (!isObject(subject) || !isObject(actor) || !isObject(facts)) throw new FormatError('a member of another form')
  word(ACTS, act) // a word of a later list is told before all that else is odd
  word(SUBJECTS, subject['type'])
  word(ACTORS, actor['type'])
  const isWhole = names(value) === MEMBERS && names(subject) === PAIR && names(actor) === PAIR
  if (!isWhole || value['v'] !== VERSION) throw new FormatError('other members')
  if (previous !== null) match(HEX_32_BYTES, previous)
  match(HEX_32_BYTES, value['salt'])
  match(ID, actor['id'])
  checkFacts(facts)
  return {
    id: match(UUID, value['id']),
    subjectType: String(subject['type']),
    subjectId: match(ID, subject['id']),
    actorType: String(actor['type']),
    act: String(act),
    at: readTime(value['at']),
    facts,
    previous: previous === null ? null : String(previous),
  }
}

/** What the next event of the subject names as `previous`. */
export function digest(raw: Bytes): string {
  return sha256Hex(raw)
}

/** The 32 bytes that go into the log. */
export function leafData(raw: Bytes): Bytes {
  return sha256(LEAF_DOMAIN, raw)
}

/** One subject's whole chain, first event first. Raises ChainBrokenError, FormatError, VersionError. */
export function verifyChain(raws: readonly Bytes[]): void {
  const events = raws.map(decode)
  const first = events[0]
  if (first === undefined) throw new ChainBrokenError(0)
  const seen = new Set<string>()
  let previous: string | null = null
  events.forEach((event, index) => {
    const isOther = event.subjectType !== first.subjectType || event.subjectId !== first.subjectId
    if (isOther || event.previous !== previous || seen.has(event.id)) throw new ChainBrokenError(index)
    seen.add(event.id)
    previous = digest(raws[index] as Bytes)
  })
}

function names(value: JsonObject): string {
  return Object.keys(value).sort().join()
}

function word(words: ReadonlySet<string>, value: Json | undefined): void {
  if (typeof value !== 'string' || !words.has(value)) throw new VersionError('a word outside the lists')
}

function match(pattern: RegExp, value: Json | undefined): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw new FormatError('a form that v1 does not allow')
  return value
}

function checkFacts(facts: JsonObject): void {
  const members = Object.entries(facts)
  if (members.length > MAX_FACTS) throw new FormatError('too many facts')
  for (const [name, value] of members) {
    match(FACT_NAME, name)
    if (!Array.isArray(value)) checkFact(value)
    else if (value.length > MAX_LIST) throw new FormatError('a list that is too long')
    else value.forEach((each: Json) => checkFact(each))
  }
}

function checkFact(value: Json): void {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new FormatError('no integer of v1')
  } else {
    match(FACT_TEXT, value)
  }
}
