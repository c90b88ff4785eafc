// Checks 5 and 6: receipts and custody events, over the bytes as they were stored.
import type { Bytes } from '../bytes.js'
import { hex } from '../bytes.js'
import { ChainBrokenError, VersionError } from '../errors.js'
import type { ExhibitEntry } from '../formats.js'
import type { Event } from '../integrity/event.js'
import * as event from '../integrity/event.js'
import type { Receipt } from '../integrity/receipt.js'
import { verify } from '../integrity/receipt.js'
import { covers, keysOf } from '../integrity/trust.js'
import { isOdd } from './manifests.js'
import type { Subject } from './subject.js'

/** Each exhibit's chain holds and begins with the arrival of these very bytes. */
export async function checkCustody(subject: Subject): Promise<void> {
  const { ledger } = subject
  let whole = 0
  for (const exhibit of subject.eachExhibit()) {
    const raws: Bytes[] = []
    for (const path of exhibit.custody) {
      const raw = await subject.read(path)
      if (raw !== null) raws.push(raw)
    }
    if (raws.length !== exhibit.custody.length) continue // the files check names what is missing
    if (raws.length === 0) {
      ledger.unknown('custody', 'custody-none', exhibit.path)
      ledger.notProved('custody', { exhibit: exhibit.number })
      continue
    }
    checkChain(subject, exhibit, raws)
    whole++
  }
  if (whole > 0) ledger.passed('custody', 'custody', null, { count: whole })
}

function checkChain(subject: Subject, exhibit: ExhibitEntry, raws: readonly Bytes[]): void {
  const { ledger } = subject
  const [path = ''] = exhibit.custody
  let first: Event
  try {
    event.verifyChain(raws)
    first = event.decode(raws[0] as Bytes)
  } catch (problem) {
    if (problem instanceof ChainBrokenError) return ledger.changed('custody', 'custody-broken', exhibit.custody[problem.index] ?? path)
    if (problem instanceof VersionError) return ledger.cannot('custody', 'version', path)
    if (!isOdd(problem)) throw problem
    return ledger.changed('custody', 'event-malformed', path)
  }
  if (first.subjectType !== 'item' || first.subjectId !== exhibit.item) ledger.changed('custody', 'custody-other', path)
  if (first.act !== 'received' || first.facts['sha256'] !== exhibit.sha256) ledger.changed('custody', 'custody-other', path)
}

/** Each receipt is the log key's, over this exhibit's digest and its first event. */
export async function checkReceipts(subject: Subject): Promise<void> {
  const { ledger } = subject
  let held = 0
  for (const exhibit of subject.eachExhibit()) {
    const said = exhibit.receipt
    if (said === null) {
      if (exhibit.form === 'original') ledger.unknown('receipts', 'receipt-none', exhibit.path)
      continue
    }
    const raw = await subject.read(said.path)
    const signature = await subject.read(said.signature)
    if (raw === null || signature === null || subject.trust === null) continue // named elsewhere
    const found = verified(subject, raw, signature)
    if (found === null) ledger.changed('receipts', 'receipt-wrong', said.path)
    else if (await differs(subject, exhibit, found)) ledger.changed('receipts', 'receipt-other', said.path)
    else held++
  }
  if (held > 0) ledger.passed('receipts', 'receipts', null, { count: held })
}

/** The receipt, when a log key in use on the day of receipt signed it. */
function verified(subject: Subject, raw: Bytes, signature: Bytes): Receipt | null {
  for (const entry of subject.trust === null ? [] : keysOf(subject.trust, 'log')) {
    try {
      const found = verify(raw, signature, entry.key)
      if (covers(entry, found.receivedAt)) return found
    } catch (problem) {
      if (!isOdd(problem) && !(problem instanceof VersionError)) throw problem // else perhaps another key's
    }
  }
  return null
}

async function differs(subject: Subject, exhibit: ExhibitEntry, found: Receipt): Promise<boolean> {
  const [path] = exhibit.custody
  const first = path === undefined ? null : await subject.read(path)
  const isOfItem = found.item === exhibit.item && found.sha256 === exhibit.sha256 && found.size === exhibit.size
  const isOfEvent = first === null || hex(event.leafData(first)) === found.event
  const at = exhibit.times.received_at
  return !isOfItem || !isOfEvent || (at !== null && at !== found.receivedAt)
}

/** An event of the package; null where it is missing or cannot be read: other checks name it. */
export async function eventOrNull(subject: Subject, path: string): Promise<Event | null> {
  const raw = await subject.read(path)
  if (raw === null) return null
  try {
    return event.decode(raw)
  } catch (problem) {
    if (isOdd(problem) || problem instanceof VersionError) return null
    throw problem
  }
}
