// Check 8: the events that stand in the log's tree, under checkpoints that the house signed (docs/formats/log.md).
import type { Bytes } from '../bytes.js'
import { unhex } from '../bytes.js'
import { ProofError, VersionError } from '../errors.js'
import type { ExhibitEntry, History, LogEntry } from '../formats.js'
import * as formats from '../formats.js'
import type { Checkpoint } from '../integrity/checkpoint.js'
import { verify } from '../integrity/checkpoint.js'
import { digest, leafData } from '../integrity/event.js'
import { leafHash, verifyConsistency, verifyInclusion } from '../integrity/merkle.js'
import { keysOf } from '../integrity/trust.js'
import * as layout from '../layout.js'
import type { Token } from '../stamps/token.js'
import { isOdd } from './manifests.js'
import type { Subject } from './subject.js'
import { MANIFEST_BYTES } from './subject.js'
import { toldOf } from './tokens.js'

interface Leaf {
  readonly hash: Bytes
  readonly path: string
}

type Leaves = ReadonlyMap<string, Leaf> // by the event's digest

/** What was stamped earlier, before its tokens are checked; a package may have none. */
export async function readHistory(subject: Subject): Promise<void> {
  const raw = await subject.read(layout.LOG_HISTORY, MANIFEST_BYTES)
  if (raw === null) return // the files check names it where it is listed
  try {
    subject.history = formats.read(raw, formats.HISTORY)
  } catch (problem) {
    if (problem instanceof VersionError) subject.ledger.cannot('log', 'version', layout.LOG_HISTORY)
    else if (isOdd(problem)) subject.ledger.changed('log', 'history-broken', layout.LOG_HISTORY)
    else throw problem
  }
}

/** The checkpoint's signature, an inclusion proof for each event, what was stamped earlier. */
export async function checkLog(subject: Subject): Promise<void> {
  const { ledger } = subject
  if (subject.exhibits === null) return // the manifests check names it
  const { log } = subject.exhibits
  if (log === null) {
    if (subject.history !== null) ledger.changed('log', 'history-other', layout.LOG_HISTORY)
    ledger.unknown('log', 'log-none')
    return ledger.notProved('log')
  }
  ledger.notProved('two-views')
  const point = await signed(subject, log.checkpoint)
  if (point === null) return
  const leaves = await leavesOf(subject)
  if (leaves === null) return // an event is missing: the files check names it, and nobody is accused by its gap
  if (!log.entries.every((entry) => isIncluded(entry, leaves, point))) return ledger.changed('log', 'log-not-included', log.checkpoint)
  checkComplete(subject, log.entries, leaves)
  ledger.passed('log', 'log', null, { count: log.entries.length, size: point.size })
  await checkOutside(subject, leaves, point)
}

/** A checkpoint that a log key of the house signed; null when it is not, and says so. */
async function signed(subject: Subject, path: string): Promise<Checkpoint | null> {
  const raw = await subject.read(path)
  if (raw === null || subject.trust === null) return null // the files and signer checks name what is missing
  for (const { key } of keysOf(subject.trust, 'log')) {
    try {
      return verify(raw, subject.trust.origin, key)
    } catch (problem) {
      if (!isOdd(problem)) throw problem // else perhaps another key's
    }
  }
  subject.ledger.changed('log', 'checkpoint-wrong', path)
  return null
}

/** Every event in the package; null when one is gone. */
async function leavesOf(subject: Subject): Promise<Leaves | null> {
  const leaves = new Map<string, Leaf>()
  for (const { custody, parent } of subject.eachExhibit()) {
    for (const path of [...custody, ...(parent?.events ?? [])]) {
      const raw = await subject.read(path)
      if (raw === null) return null
      leaves.set(digest(raw), { hash: leafHash(leafData(raw)), path })
    }
  }
  return leaves
}

function isIncluded(entry: LogEntry, leaves: Leaves, point: Checkpoint): boolean {
  const leaf = leaves.get(entry.event)
  return leaf !== undefined && holds(() => verifyInclusion(leaf.hash, entry.index, point.size, entry.path.map(unhex), point.root))
}

/** An event that is handed over and stands in no log is no silent pass; nor is one twice. */
function checkComplete(subject: Subject, entries: readonly LogEntry[], leaves: Leaves): void {
  const named = new Set(entries.map(({ event }) => event))
  for (const [event, { path }] of leaves) if (!named.has(event)) subject.ledger.missing('log', 'log-entry-missing', path)
  if (named.size !== entries.length) subject.ledger.changed('log', 'log-entry-twice', layout.EXHIBITS)
}

/** Say of each exhibit when strangers first stamped a log that holds its arrival. */
async function checkOutside(subject: Subject, leaves: Leaves, main: Checkpoint): Promise<void> {
  const { ledger } = subject
  const earlier = await earlierPoints(subject, main)
  if (earlier === null) return
  const places = subject.history?.exhibits ?? []
  const byNumber = new Map(places.map((place) => [place.number, place]))
  const numbers = new Set(subject.eachExhibit().map(({ number }) => number))
  if (byNumber.size !== places.length || ![...byNumber.keys()].every((number) => numbers.has(number))) {
    return ledger.changed('log', 'history-other', layout.LOG_HISTORY)
  }
  for (const exhibit of subject.eachExhibit()) {
    const place = byNumber.get(exhibit.number)
    let path = layout.CHECKPOINT
    if (place !== undefined) {
      const point = earlier.get(place.checkpoint)
      const isFirst = exhibit.custody[0] !== undefined && leaves.get(place.event)?.path === exhibit.custody[0]
      if (point === undefined || !isFirst || !isIncluded(place, leaves, point)) {
        return ledger.changed('log', 'log-not-included', layout.LOG_HISTORY)
      }
      path = layout.earlierCheckpointPath(point.size)
    }
    sayOutside(subject, exhibit, subject.stamped.get(path) ?? [])
  }
}

/** The earlier checkpoints by size, each the beginning of the main one; null when one is not. */
async function earlierPoints(subject: Subject, main: Checkpoint): Promise<ReadonlyMap<number, Checkpoint> | null> {
  const found = new Map<number, Checkpoint>()
  const { history, ledger } = subject
  if (history === null) return found
  const refuse = (code: string, where: string = layout.LOG_HISTORY): null => {
    ledger.changed('log', code, where)
    return null
  }
  if (history.size !== main.size) return refuse('history-other')
  for (const said of history.checkpoints) {
    if (said.path !== layout.earlierCheckpointPath(said.size)) return refuse('history-other')
    const point = await signed(subject, said.path)
    if (point === null) return null
    if (!isAsSaid(said, point) || found.has(point.size)) return refuse('history-other', said.path)
    const isBeginning = point.size < main.size && holds(() => verifyConsistency(point, main, said.consistency.map(unhex)))
    if (!isBeginning) return refuse('log-not-consistent', said.path)
    found.set(point.size, point)
  }
  if (found.size > 0) ledger.passed('log', 'log-consistent', null, { count: found.size })
  return found
}

function isAsSaid(said: History['checkpoints'][number], point: Checkpoint): boolean {
  return point.size === said.size && said.tokens.length > 0
}

function sayOutside(subject: Subject, exhibit: ExhibitEntry, tokens: readonly Token[]): void {
  const [one, ...others] = tokens
  if (one === undefined) {
    // With none at all, one line says so for the package.
    if ([...subject.stamped.values()].some((each) => each.length > 0)) subject.ledger.notProved('log-time', { exhibit: exhibit.number })
    return
  }
  const first = others.reduce((earliest, token) => (token.genTime < earliest.genTime ? token : earliest), one)
  subject.ledger.passed('log', 'log-outside', exhibit.path, { exhibit: exhibit.number, ...toldOf(first) })
}

function holds(verifyIt: () => void): boolean {
  try {
    verifyIt()
    return true
  } catch (problem) {
    if (problem instanceof ProofError) return false
    throw problem
  }
}
