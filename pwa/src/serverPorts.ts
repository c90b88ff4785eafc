// What the server answers (docs/openapi.json), in the words the screens use. Types only.
import type { EvidenceKind, Instant, Receipt, Sha256 } from './ports'

export interface Page<T> {
  readonly next: string | null
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
  readonly required: boolean
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

export interface Item {
  readonly id: string
  readonly case: string
  readonly kind: EvidenceKind
  readonly origin: string
  readonly sha256: Sha256
  readonly size: number
  readonly received_at: Instant
  readonly captured_at: Instant | null
  readonly happened_from: Instant | null
  readonly happened_to: Instant | null
  readonly file_name: string
  readonly format: string | null
  readonly state: { readonly received: boolean; readonly sealed: boolean; readonly read: boolean | string; readonly tagged: boolean }
  readonly seal: Seal | null
  readonly outside_seal: Seal | null
  readonly reading: {
    readonly format: string
    readonly reader: string
    readonly reader_version: string
    readonly facts: Readonly<Record<string, unknown>>
    readonly problem: string | null
  } | null
  readonly custody: readonly { readonly act: string; readonly at: Instant; readonly actor_type: string; readonly sha256: Sha256 }[]
  readonly record_count: number
  readonly tag_count: number
}

export interface Decision {
  readonly decision: 'confirmed' | 'rejected' | 'corrected'
  readonly kind?: string | null
  readonly reason?: string | null
  readonly at: Instant
}

export interface Tag {
  readonly id: string
  readonly kind: string
  readonly label: string
  readonly start: number | null
  readonly end: number | null
  readonly rule: string
  readonly rule_version: string
  readonly reason: string
  readonly confidence: number | null
  readonly decision: Decision | null
}

export interface TimelineRecord {
  readonly id: string
  readonly item: string
  readonly index: number
  readonly kind: string
  readonly when_utc: Instant | null
  readonly when_raw: string | null
  readonly when_precision: string | null
  readonly direction: string | null
  readonly peer_number: string | null
  readonly peer_name: string | null
  readonly text: string | null
  readonly duration_s: number | null
  readonly locator: Readonly<Record<string, unknown>> | string | null
  readonly warnings: readonly string[]
  readonly tags: readonly Tag[]
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
  readonly label: string
  readonly kind: string
  readonly reason_zh: string
  readonly reason_en: string
  readonly rule: string
  readonly rule_version: string
  readonly source: string | null
}

export interface PhoneNumber {
  readonly number: string
  readonly name: string | null
  readonly records: number
  readonly calls: number
  readonly first: Instant | null
  readonly last: Instant | null
  readonly role: string
  readonly how_known: string | null
}

export interface Verdict {
  readonly verdict: string
  readonly checks: readonly { readonly name: string; readonly result: 'pass' | 'fail' | 'unknown'; readonly detail?: string }[]
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
  speak(language: string): Promise<void>
  /** Makes a new paper code; an earlier one stops working. */
  recoveryCode(passphrase: string): Promise<string>
  legalText(name: string): Promise<string>
  consents(): Promise<readonly ConsentPurpose[]>
  consent(purposes: readonly string[], version: string): Promise<void>
  withdraw(purpose: string): Promise<void>
  cases(): Promise<readonly Case[]>
  openCase(title: string): Promise<Case>
  openToReview(id: string, isOpen: boolean): Promise<void>
  items(caseId: string): Promise<readonly Item[]>
  item(id: string): Promise<Item>
  records(item: string): Promise<readonly TimelineRecord[]>
  /** Loudness per bucket, 0 to 100. */
  waveform(item: string): Promise<readonly number[]>
  receipt(item: string): Promise<Receipt>
  verify(item: string): Promise<Verdict>
  timeline(caseId: string, filter: TimelineFilter, page?: string): Promise<Page<TimelineRecord>>
  decide(tag: string, decision: Decision['decision'], kind?: string): Promise<void>
  findings(caseId: string): Promise<readonly Finding[]>
  numbers(caseId: string): Promise<readonly PhoneNumber[]>
  nameNumber(caseId: string, number: string, role: string, howKnown: string): Promise<void>
  readonly complaints: ComplaintServer
}

export interface Choice {
  readonly id: string
  readonly zh: string
  readonly en: string
}

export interface Addressee {
  readonly agency: string
  readonly document: string
  readonly depth: string
  readonly why_zh: string
  readonly why_en: string
  readonly rule: string
}

export interface Agency {
  readonly id: string
  readonly name_zh: string
  readonly name_en: string
}

/** The answers of the interview, as the server keeps them; unknown keys are kept untouched. */
export type Answers = Readonly<Record<string, unknown>>

export interface Complaint {
  readonly id: string
  readonly case: string
  readonly agency: string
  readonly document_id: string
  readonly lender_type: string
  readonly answers: Answers
  readonly finished_at: Instant | null
}

export interface PreflightLine {
  readonly code: string
  readonly level: 'stop' | 'warn' | 'ok'
  readonly text: string
  readonly question: string | null
}

export interface Package {
  readonly id: string
  readonly item: string | null
  readonly state: string
  readonly progress: { readonly step: string; readonly done: number; readonly of: number } | null
  readonly verdict: string | null
  readonly size: number | null
  readonly built_at: Instant | null
  readonly house_fingerprint: string | null
  readonly document_digest: Sha256 | null
  readonly problem: string | null
}

export interface ComplaintServer {
  lenderTypes(): Promise<readonly Choice[]>
  agencies(): Promise<readonly Agency[]>
  routing(caseId: string, lenderType: string): Promise<readonly Addressee[]>
  list(caseId: string): Promise<readonly Complaint[]>
  begin(caseId: string, agency: string, lenderType: string): Promise<Complaint>
  get(id: string): Promise<Complaint>
  answer(id: string, answers: Answers): Promise<Complaint>
  preflight(id: string): Promise<readonly PreflightLine[]>
  makePackage(id: string): Promise<void>
  packages(id: string): Promise<readonly Package[]>
  finish(id: string): Promise<Complaint>
}
