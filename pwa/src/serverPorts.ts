// What the server answers (docs/openapi.json), in the words the screens use; by noun in serverPorts/.
import type { ConsentPurpose, Erasure, LegalName, Me, SignIn } from './serverPorts/account'
import type { ChoiceStanding, OriginalPlace, Wanted } from './serverPorts/choices'
import type { ComplaintServer } from './serverPorts/complaints'
import type { Case, Item, Screens, Verdict } from './serverPorts/items'
import type { WitnessLinks } from './serverPorts/witnesses'
import type { Correction, Finding, Kind, Matching, PhoneNumber, Said, Segment, SegmentDecision, Speaker, TimelineFilter, TimelineRecord, Transcript } from './serverPorts/records'

export type * from './serverPorts/account'
export type * from './serverPorts/choices'
export * from './serverPorts/complaints'
export * from './serverPorts/filings'
export type * from './serverPorts/items'
export type * from './serverPorts/records'
export * from './serverPorts/witnesses'

export interface Page<T> {
  /** Absent where the list comes whole. */
  readonly next?: string | null
  readonly results: readonly T[]
}

/** Everything the screens ask of the server, beyond sending drafts. */
export interface Server {
  signIn(username: string, passphrase: string): Promise<SignIn>
  signUp(username: string, passphrase: string): Promise<SignIn>
  secondFactor(code: string): Promise<SignIn>
  standing(): Promise<SignIn>
  signOut(): Promise<void>
  recover(username: string, code: string, passphrase: string): Promise<void>
  me(): Promise<Me>
  speak(language: 'zh-CN' | 'en'): Promise<void>
  /** Makes a new paper code; an earlier one stops working. */
  recoveryCode(passphrase: string): Promise<string>
  legalText(name: LegalName): Promise<string>
  consents(): Promise<readonly ConsentPurpose[]>
  consent(purposes: readonly string[], version: string): Promise<void>
  withdraw(purpose: string): Promise<void>
  erasures(): Promise<readonly Erasure[]>
  /** Asks for the erasure of one case, or with null of the account with all its cases. */
  erase(caseId: string | null, passphrase: string): Promise<void>
  eraseItem(id: string, passphrase: string): Promise<Erasure>
  takeErasureBack(id: string): Promise<void>
  cases(): Promise<readonly Case[]>
  openCase(title: string): Promise<Case>
  openToReview(id: string, isOpen: boolean): Promise<void>
  item(id: string): Promise<Item>
  /** All items of a case, newest arrival first. */
  items(caseId: string): Promise<readonly Item[]>
  /** The same, a page at a time. */
  itemsPage(caseId: string, page?: string): Promise<Page<Item>>
  /** Items of a case that wait for a choice, among the newest. */
  waiting(caseId: string): Promise<readonly Item[]>
  choice(item: string): Promise<ChoiceStanding>
  choose(item: string, wanted: Wanted): Promise<ChoiceStanding>
  /** Asks for another look into the original, so that the person can choose otherwise. */
  lookAgain(item: string): Promise<ChoiceStanding>
  place(record: string): Promise<OriginalPlace>
  records(item: string): Promise<readonly TimelineRecord[]>
  /** Loudness, one byte per bucket, 0 to 100. */
  waveform(item: string): Promise<Uint8Array>
  verify(item: string): Promise<Verdict>
  transcript(item: string): Promise<Transcript>
  askForTranscript(item: string): Promise<Transcript>
  /** A line that the engine missed, or that stands alone where there is none. */
  writeLine(item: string, startS: number, endS: number, words: string, speaker: Speaker): Promise<Segment>
  /** `words` for a correction only. */
  decideSegment(segment: string, decision: SegmentDecision, speaker: Speaker, words: string): Promise<Segment>
  screens(caseId: string): Promise<Screens>
  decidePair(caseId: string, first: string, second: string, decision: 'joined' | 'apart'): Promise<Screens>
  /** The messages of overlapping pictures, once each, in one order. */
  strand(caseId: string, id: string): Promise<readonly TimelineRecord[]>
  timeline(caseId: string, filter: TimelineFilter, page?: string): Promise<Page<TimelineRecord>>
  /** One decision for several tags of a case. */
  /** One decision for several suggestions, with a reason in the person's words or without. */
  decide(caseId: string, tags: readonly string[], decision: 'confirmed' | 'rejected', reason: string): Promise<void>
  correct(tag: string, correction: Correction): Promise<void>
  /** A person's own tag on words of a record's text; without words on all of it. */
  propose(record: string, own: Correction): Promise<void>
  kinds(): Promise<readonly Kind[]>
  findings(caseId: string): Promise<readonly Finding[]>
  numbers(caseId: string): Promise<readonly PhoneNumber[]>
  matching(caseId: string): Promise<Matching>
  /** Agrees in the words of one version; null takes it back, and all that was made of the case goes. */
  agreeToMatching(caseId: string, version: string | null): Promise<Matching>
  nameNumber(caseId: string, number: string, said: Said): Promise<PhoneNumber>
  readonly complaints: ComplaintServer
  readonly witnesses: WitnessLinks
}
