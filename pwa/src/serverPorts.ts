// What the server answers (docs/openapi.json), in the words the screens use. Types only.
import type { EvidenceKind, Instant, Sha256 } from './ports'

export interface Page<T> {
  /** Absent where the list comes whole. */
  readonly next?: string | null
  readonly results: readonly T[]
}

export interface Me {
  readonly id: string
  readonly username: string
  readonly role: string
  readonly language: string
  readonly is_sample: boolean
  readonly second_factor: boolean
  readonly has_recovery_code: boolean
  readonly consents: readonly { readonly purpose: string; readonly version: string; readonly given_at: Instant }[]
  readonly quotas: {
    readonly bytes_used: number
    readonly bytes_limit: number
    readonly open_uploads: number
    readonly open_uploads_limit: number
    readonly packages_today: number
    readonly packages_limit: number
  }
}

/** Where sign-in stands: signed in, nobody, or one step (the second factor) still to go. */
export type SignIn = 'signed_in' | 'nobody' | 'second_factor'

export interface ConsentPurpose {
  readonly purpose: string
  readonly is_required: boolean
  readonly version: string
  readonly title: string
  readonly text: string
  readonly given: boolean
}

export interface Case {
  readonly id: string
  readonly title: string
  readonly created_at: Instant
  readonly items: number
  readonly is_sample: boolean
  readonly open_to_review: boolean
}

export interface Seal {
  readonly gen_time: Instant
  readonly source: string
  readonly is_self_issued: boolean
}

export interface OutsideSource {
  readonly source: string
  readonly state: 'stamped' | 'waiting' | 'renewal_waiting'
  readonly since: Instant
  readonly problem: string | null
}

/** How many different outside authorities vouch, of how many that are needed. */
export interface Outside {
  readonly needed: number
  readonly held: number
  readonly is_stamped: boolean
  readonly waiting_since: Instant | null
  readonly sources: readonly OutsideSource[]
}

/** The second digest, SM3 in hex; null while it waits or where the server has no SM3. */
export interface Sm3 {
  readonly state: 'computed' | 'waiting' | 'unavailable'
  readonly digest: string | null
  readonly problem: string | null
}

/** What phone and file say of the file's making, in the person's language. Claims, never proof. */
export interface Provenance {
  readonly facts: readonly { readonly code: string; readonly label: string; readonly value: string }[]
  readonly observations: readonly {
    readonly code: string
    readonly facts: readonly string[]
    readonly text: string
    readonly means: string
  }[]
}

/** What would make a picture better proof, in the person's language. */
export interface Hint {
  readonly code: string
  readonly text: string
}

/** Two pictures that show the same, or some of the same messages. */
export interface ScreenPair {
  readonly first: string
  readonly second: string
  readonly first_name: string
  readonly second_name: string
  readonly kind: 'duplicate' | 'overlap'
  readonly message_count: number
  /** Joined without asking. */
  readonly is_sure: boolean
  /** After what the person said. */
  readonly counts_once: boolean
}

/** The pictures of a case, compared; a strand is a scrolling chat on several of them. */
export interface Screens {
  readonly is_looking: boolean
  readonly pairs: readonly ScreenPair[]
  readonly strands: readonly { readonly id: string; readonly items: readonly string[]; readonly message_count: number }[]
}

/** Decisions on a record of an earlier reading whose words the newest one does not have there. */
export interface LeftBehind {
  readonly tags: readonly string[]
  readonly kinds: readonly string[]
  readonly words: string
  readonly when_utc: Instant | null
}

export interface Item {
  readonly id: string
  readonly case: string
  readonly kind: EvidenceKind
  readonly origin: string
  readonly sha256: Sha256
  readonly sm3: Sm3
  readonly size: number
  readonly received_at: Instant
  readonly captured_at: Instant | null
  readonly happened_from: Instant | null
  readonly happened_to: Instant | null
  readonly file_name: string
  readonly format: string | null
  readonly state: { readonly received: boolean; readonly sealed: boolean; readonly read: boolean | string; readonly tagged: boolean; readonly waits_for_choice: boolean }
  readonly seal: Seal | null
  readonly outside_seal: Seal | null
  readonly outside: Outside
  readonly reading: {
    readonly format: string
    readonly reader: string
    readonly reader_version: string
    readonly facts: unknown
    readonly problem: string | null
    readonly summary: Report
  } | null
  readonly hints: readonly Hint[]
  readonly provenance: Provenance | null
  readonly left_behind: readonly LeftBehind[]
  readonly derivatives: readonly string[]
  readonly custody: readonly { readonly act: string; readonly at: Instant; readonly actor_type: string; readonly sha256: Sha256 }[]
  readonly record_count: number
  readonly tag_count: number
}

/** How one file was taken in: of the chosen records, unless it says otherwise. */
export interface Report {
  readonly records: number
  /** Records of the file that the person did not choose. */
  readonly left_out: number
  readonly records_in_all: number
  /** How many records the exporter says there are. */
  readonly announced: number | null
  readonly truncated: boolean
  readonly by_kind: Readonly<Record<string, number>>
  readonly by_direction: Readonly<Record<string, number>>
  readonly first_utc: Instant | null
  readonly last_utc: Instant | null
  /** Gaps: first and last day, as YYYY-MM-DD. */
  readonly days: { readonly missing: number; readonly with: number; readonly gaps: readonly (readonly string[])[] }
  readonly encoding: string | null
  readonly warnings: readonly { readonly code: string; readonly text: string; readonly count: number; readonly first?: unknown }[]
}

/** One conversation of an export, before anything of it is stored. */
export interface Conversation {
  readonly key: string
  readonly title: string
  readonly name: string
  readonly records: number
  readonly by_kind: Readonly<Record<string, number>>
  readonly numbers: readonly { readonly number: string; readonly records: number }[]
  readonly first_utc: Instant | null
  readonly last_utc: Instant | null
  /** One line of it; one-time codes are masked. */
  readonly sample: string
}

export interface FileInside {
  readonly key: string
  readonly name: string
  readonly format: string
  readonly size: number | null
}

/** What of an export is kept; days of Beijing, both included. */
export interface Wanted {
  readonly everything: boolean
  readonly conversations: readonly string[]
  readonly numbers: readonly string[]
  readonly files: readonly string[]
  readonly since: string | null
  readonly until: string | null
}

export interface ChoiceStanding {
  readonly state: 'not_needed' | 'waiting' | 'made'
  readonly is_busy: boolean
  readonly problem: string
  readonly chosen: Wanted | null
  readonly survey: {
    readonly records: number
    readonly conversations: readonly Conversation[]
    readonly unlisted: number
    readonly files: readonly FileInside[]
    readonly files_unlisted: number
  } | null
  readonly extracted: readonly { readonly id: string; readonly place: string; readonly problem: string }[]
}

/** The original where a record was read; which members there are hangs on `form`. */
export interface OriginalPlace {
  readonly form: 'text' | 'row' | 'picture' | 'sound' | 'file' | 'none'
  readonly member?: string
  readonly text?: string
  readonly is_cut?: boolean
  readonly table?: string
  readonly cells?: readonly { readonly name: string; readonly value: string }[]
}

export interface Decision {
  readonly decision: 'confirmed' | 'rejected' | 'corrected'
  /** The right kind by its name, when corrected. */
  readonly kind_name: string
  /** The right words, when corrected to others than those suggested. */
  readonly start: number | null
  readonly end: number | null
  readonly reason: string
  readonly at: Instant
}

/** One kind of abuse, by its name in the person's language. */
export interface Kind {
  readonly code: string
  readonly name: string
}

/** What a suggestion should have been, or what a person found themselves. */
export interface Correction {
  readonly kind: string
  /** Code points, half open; null: the words are right, or all of them. */
  readonly words: readonly [number, number] | null
  readonly reason: string
}

export interface Tag {
  readonly id: string
  readonly kind: string
  readonly kind_name: string
  readonly label: string
  readonly proposed_by: string
  /** Code points of the record's text; equal when the tag is on the whole record. */
  readonly start: number
  readonly end: number
  /** The segment of a recording in whose heard words they count; null: in the record's own text. */
  readonly heard: string | null
  readonly rule: string
  readonly rule_version: string
  readonly reason: string
  readonly sureness: 'high' | 'medium' | 'low' | null
  readonly decision: Decision | null
}

export type Speaker = 'other' | 'self' | 'unknown'
export type SegmentDecision = 'confirmed' | 'corrected' | 'rejected'

/** Words that a machine claims for some seconds of a recording, and what a person heard there. */
export interface Segment {
  readonly id: string
  /** By a person: no machine claims it. */
  readonly is_written: boolean
  readonly start_s: number
  readonly end_s: number
  readonly text: string
  readonly doubts: readonly string[]
  readonly decision: {
    readonly decision: SegmentDecision
    readonly words: string
    readonly speaker: Speaker
    readonly at: Instant
  } | null
}

/** The newest draft of one recording, or why there is none. Never more than a draft. */
export interface Transcript {
  readonly state: 'off' | 'not_a_recording' | 'consent_missing' | 'none' | 'waiting' | 'failed' | 'made'
  readonly purpose: string | null
  readonly problem: string | null
  readonly party: string | null
  readonly dropped: readonly { readonly from_s: number; readonly to_s: number; readonly reason: string }[]
  readonly segments: readonly Segment[]
}

/** Words that a file does not say are empty, not null. */
export interface TimelineRecord {
  readonly id: string
  readonly item: string
  readonly index: number
  readonly kind: string
  readonly when_utc: Instant | null
  readonly when_raw: string
  readonly direction: string
  readonly peer_number: string
  readonly peer_name: string
  readonly text: string
  readonly duration_s: number | null
  readonly locator: unknown
  readonly warnings: readonly string[]
  readonly tags: readonly Tag[]
  /** What a person heard in a recording, in the order it was said. */
  readonly heard: readonly { readonly segment: string; readonly start_s: number; readonly words: string; readonly speaker: Speaker }[]
}

export interface TimelineFilter {
  readonly from?: string
  readonly to?: string
  readonly number?: string
  readonly kind?: string
  readonly label?: string
}

export interface Finding {
  readonly id: string
  readonly label: string | null
  readonly kind: string
  readonly reason: string
  readonly rule: string
  readonly rule_version: string
  readonly source: string
}

export interface PhoneNumber {
  readonly number: string
  readonly name: string
  readonly records: number
  readonly calls: number
  readonly first: Instant | null
  readonly last: Instant | null
  readonly role: Role
  /** What the person said, and since when it stands; the texts never change it. */
  readonly how_known: string
  readonly lender: string
  readonly said_at: Instant | null
  /** The lender that counts: the person's word, else what the texts lead to. */
  readonly tied_to: string
  readonly grounds: readonly Ground[]
  /** Other lenders that the texts name. */
  readonly conflicts: readonly string[]
}

/** Why the texts lead to a lender, as a sentence. */
export interface Ground {
  readonly how: string
  readonly lender: string
  readonly records: readonly string[]
  readonly record_count: number
  readonly sentence: string
}

/** What a person says of a number. */
export interface Said {
  readonly role: Role
  readonly howKnown: string
  readonly lender: string
}

export interface Verdict {
  readonly verdict: string
  readonly checks: readonly { readonly name: string; readonly result: 'pass' | 'fail' | 'unknown'; readonly what: string }[]
}

export type Role = 'unknown' | 'lender' | 'collector' | 'witness' | 'not_collection'
export type LegalName = 'privacy' | 'responsible' | 'terms'

/** An erasure that was asked for; `held`: the law keeps it back beyond its day. */
export interface Erasure {
  readonly id: string
  readonly scope: 'item' | 'case' | 'account'
  readonly subject: string
  readonly asked_at: Instant
  readonly due_at: Instant
  readonly state: 'waiting' | 'held' | 'begun'
  readonly held_reason: string
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
  nameNumber(caseId: string, number: string, said: Said): Promise<PhoneNumber>
  readonly complaints: ComplaintServer
}

export interface Choice {
  readonly id: string
  readonly zh: string
  readonly en: string
}

export interface Addressee {
  readonly agency: string
  readonly agency_zh: string
  readonly agency_en: string
  readonly document: string
  readonly depth: 'full' | 'short' | 'pointer'
  readonly needs_legal_name: boolean
  readonly where: readonly string[]
  readonly take: readonly string[]
  readonly why_zh: string
  readonly why_en: string
  readonly rule: string
}

export interface LenderTypes {
  readonly results: readonly Choice[]
  /** Where a borrower finds the lender's legal name. */
  readonly name_checklist_zh: readonly string[]
  readonly name_checklist_en: readonly string[]
}

export interface Routing {
  readonly severity: number
  readonly severity_reason_zh: string
  readonly severity_reason_en: string
  readonly addressees: readonly Addressee[]
}

/** The answers of the interview, as the server keeps them; unknown keys are kept untouched. */
export type Answers = Readonly<Record<string, unknown>>

export interface Complaint {
  readonly id: string
  readonly case: string
  readonly agency: string
  readonly agency_zh: string
  readonly agency_en: string
  readonly document_id: string
  readonly lender_type: string
  readonly severity: number
  readonly severity_floor: number
  readonly severity_max: number
  readonly severity_reason_zh: string
  readonly severity_reason_en: string
  readonly answers: Answers
  readonly finished_at: Instant | null
  readonly state: 'draft' | 'finished' | 'returned' | 'approved'
  readonly review: { readonly open: boolean; readonly approvals: number; readonly is_approved: boolean; readonly returned_note: string }
  readonly exhibits: readonly NumberedExhibit[]
}

/** Why records of an export are not handed over: complaints/bundle/gaps.py. */
export const GAP_REASONS = ['left_out', 'other_matter', 'private', 'someone_elses', 'repeated'] as const
export type GapReason = (typeof GAP_REASONS)[number]

export interface NumberedExhibit {
  readonly number: string
  readonly item: string
  readonly form: string
  readonly purpose: string
  readonly gap_reason: GapReason
  readonly redaction: string | null
}

/** Left, top, width, height: whole pixels of the upright picture. */
export type Box = readonly [number, number, number, number]

export interface Redaction {
  readonly id: string
  readonly state: 'making' | 'made' | 'failed'
  readonly problem: string
  readonly boxes: readonly (readonly number[])[]
  readonly frames: number
  readonly chosen: boolean
}

export interface Redactions {
  /** The upright picture's size; null where no copy can be made. */
  readonly picture: { readonly width: number; readonly height: number } | null
  readonly results: readonly Redaction[]
}

export interface Preflight {
  readonly bounces: readonly { readonly code: string; readonly is_blocking: boolean }[]
  readonly blocks: boolean
}

export interface Package {
  readonly id: string
  readonly item: string | null
  readonly state: 'building' | 'offered' | 'failed'
  readonly step: string
  readonly done: number
  readonly total: number
  readonly verdict: string
  readonly size: number | null
  readonly built_at: Instant | null
  readonly house_fingerprint: string
  readonly document_sha256: Sha256
  readonly problem: string
}

export interface ComplaintServer {
  lenderTypes(): Promise<LenderTypes>
  routing(caseId: string, lenderType: string): Promise<Routing>
  list(caseId: string): Promise<readonly Complaint[]>
  begin(caseId: string, agency: string, lenderType: string): Promise<Complaint>
  get(id: string): Promise<Complaint>
  answer(id: string, answers: Answers): Promise<Complaint>
  sayWhyLeftOut(id: string, exhibit: string, reason: GapReason): Promise<Complaint>
  redactions(id: string, exhibit: string): Promise<Redactions>
  redact(id: string, exhibit: string, boxes: readonly Box[]): Promise<Redaction>
  /** Which copy is handed over; null: the item as it was received. */
  chooseForm(id: string, exhibit: string, redaction: string | null): Promise<Complaint>
  preflight(id: string): Promise<Preflight>
  makePackage(id: string): Promise<void>
  packages(id: string): Promise<readonly Package[]>
  finish(id: string): Promise<Complaint>
}
