// The check of case.jsonld: a signed description that says something else would mislead. It is made again from what
// it is made of, and compared. It proves nothing by itself, so nothing is said of a package without it.
import { sha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from '../bytes.js'
import { hex } from '../bytes.js'
import type { Json } from '../canonical.js'
import { isObject, readCanonical } from '../canonical.js'
import { FormatError, VersionError } from '../errors.js'
import type { Exhibits } from '../formats.js'
import * as formats from '../formats.js'
import type { Listed, Told } from '../integrity/caseUco.js'
import { eventsOf, madeOf, write } from '../integrity/caseUco.js'
import * as layout from '../layout.js'
import { eventOrNull } from './custody.js'
import { isOdd } from './manifests.js'
import type { Subject } from './subject.js'
import { MANIFEST_BYTES, RECORDS_BYTES } from './subject.js'

const LATER = /^liuzheng\/case\/v(?:[2-9]|[1-9][0-9]{1,3})$/

/** The description is the one that these manifests, events and proofs give. */
export async function checkCase(subject: Subject): Promise<void> {
  const { ledger, exhibits } = subject
  if (exhibits === null) return // the manifests check names it
  const expected = await madeAgain(subject, exhibits)
  if (expected === null) return // there is none, or another check names what is not as listed or cannot be read
  if (subject.stated(layout.CASE_UCO) === expected) ledger.passed('case', 'case', layout.CASE_UCO)
  else if (isLater(await subject.read(layout.CASE_UCO, RECORDS_BYTES))) ledger.cannot('case', 'version', layout.CASE_UCO)
  else ledger.changed('case', 'case-other', layout.CASE_UCO)
}

/** The digest that it should have; null where it or one of its sources is not as listed. */
async function madeAgain(subject: Subject, exhibits: Exhibits): Promise<string | null> {
  const listed = new Map<string, Listed>((subject.package?.files ?? []).map((file) => [file.path, file]))
  const sources = [layout.CASE_UCO, ...madeOf(exhibits), ...(listed.has(layout.SM3) ? [layout.SM3] : [])]
  if (!sources.every((path) => isAsListed(subject, path, listed.get(path)))) return null
  const sm3 = listed.has(layout.SM3) ? await readSm3(subject) : new Map<string, string | null>()
  const events = new Map<string, Told>()
  for (const path of eventsOf(exhibits)) {
    const told = await eventOrNull(subject, path)
    if (told === null) return null
    events.set(path, { act: told.act, at: told.at, actorType: told.actorType })
  }
  if (sm3 === null) return null
  const made = sha256.create()
  for (const piece of write(exhibits, { sm3, listed, events })) made.update(piece)
  return hex(made.digest())
}

function isAsListed(subject: Subject, path: string, listed: Listed | undefined): boolean {
  const found = subject.digests.get(path)
  return listed !== undefined && found?.sha256 === listed.sha256 && found.size === listed.size
}

async function readSm3(subject: Subject): Promise<ReadonlyMap<string, string | null> | null> {
  const raw = await subject.read(layout.SM3, MANIFEST_BYTES)
  if (raw === null) return null
  try {
    return new Map(formats.read(raw, formats.SM3).exhibits.map(({ number, sm3 }) => [number, sm3]))
  } catch (problem) {
    if (problem instanceof VersionError || isOdd(problem)) return null
    throw problem
  }
}

/** Whether it says of itself that it is of a later edition than the one that is known here. */
function isLater(raw: Bytes | null): boolean {
  if (raw === null) return false
  let value: Json
  try {
    value = readCanonical(raw)
  } catch (problem) {
    if (problem instanceof FormatError) return false
    throw problem
  }
  const graph = isObject(value) ? value['@graph'] : null
  const first: Json = Array.isArray(graph) ? ((graph[0] as Json | undefined) ?? null) : null
  const tags = isObject(first) ? first['uco-core:tag'] : null
  const said: Json = Array.isArray(tags) ? ((tags[0] as Json | undefined) ?? null) : null
  return typeof said === 'string' && LATER.test(said)
}
