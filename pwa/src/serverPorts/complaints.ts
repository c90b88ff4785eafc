// Complaints: whom to, the answers, the exhibits, the package.
import type { Instant, Sha256 } from '../ports'
import type { FilingServer } from './filings'

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
  readonly severity: number | null
  readonly severity_floor: number | null
  readonly severity_max: number | null
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

/** The groups of the customary evidence list. */
export const GROUPS = ['A', 'B', 'C', 'D', 'E', 'F'] as const

export type ExhibitGroup = (typeof GROUPS)[number]

/** `purpose`: which fact it is offered for. */
export interface NewExhibit {
  readonly item: string
  readonly group: ExhibitGroup
  readonly purpose: string
}

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

/** From, to: whole milliseconds of a recording. */
export type Stretch = readonly [number, number]

/** What is to be removed of a picture or of a recording. */
export type Cuts = { readonly boxes: readonly Box[] } | { readonly spans: readonly Stretch[] }

export interface Redaction {
  readonly id: string
  readonly state: 'making' | 'made' | 'failed'
  readonly problem: string
  readonly boxes: readonly (readonly number[])[]
  readonly spans: readonly (readonly number[])[]
  readonly frames: number
  readonly chosen: boolean
}

export interface Redactions {
  /** The upright picture's size; null for what is none. */
  readonly picture: { readonly width: number; readonly height: number } | null
  /** How long the recording is; null for what is none. Of neither, no copy can be made. */
  readonly recording: { readonly duration_ms: number } | null
  readonly results: readonly Redaction[]
}

/** What a desk itself says it sends back, with the rule and the day on which it was read. */
export interface DeskSays {
  readonly agency: string
  readonly agency_zh: string
  readonly agency_en: string
  readonly zh: string
  readonly en: string
  readonly rule_zh: string
  readonly rule_en: string
  readonly checked_on: string
}

export interface Bounce {
  readonly code: string
  readonly is_blocking: boolean
  /** Whether the person's own word lets it go; `said` is that word. */
  readonly may_be_said: boolean
  readonly said: string
  /** The words or offices it holds for. */
  readonly about: readonly string[]
  readonly desks: readonly DeskSays[]
}

/** One figure of what a desk takes; `as_of`: of which time its source is. */
export interface Limit {
  readonly what: string
  readonly value: string
  readonly read_in: string
  readonly as_of: string
  readonly checked_on: string
  readonly confidence: 'verified' | 'secondary' | 'memory'
}

export interface Preflight {
  readonly bounces: readonly Bounce[]
  readonly limits: readonly Limit[]
  /** What nobody has told us of this desk. */
  readonly unknown: readonly string[]
  /** The package that can be cut into parts within the desk's limits. */
  readonly parts_of: string | null
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
  /** Whose time-stamp the signature carries: `embedded`, or an outside authority's name. */
  readonly stamped_by: string
  /** Outside authorities that were asked for it and gave none that holds; `why` is a code. */
  readonly stamps_missed: readonly { readonly source: string; readonly why: string }[]
}

export interface ComplaintServer extends FilingServer {
  agencies(): Promise<readonly Choice[]>
  lenderTypes(): Promise<LenderTypes>
  routing(caseId: string, lenderType: string): Promise<Routing>
  list(caseId: string): Promise<readonly Complaint[]>
  begin(caseId: string, agency: string, lenderType: string): Promise<Complaint>
  get(id: string): Promise<Complaint>
  answer(id: string, answers: Answers): Promise<Complaint>
  addExhibit(id: string, added: NewExhibit): Promise<Complaint>
  dropExhibit(id: string, exhibit: string): Promise<Complaint>
  sayWhyLeftOut(id: string, exhibit: string, reason: GapReason): Promise<Complaint>
  redactions(id: string, exhibit: string): Promise<Redactions>
  redact(id: string, exhibit: string, cuts: Cuts): Promise<Redaction>
  /** Which copy is handed over; null: the item as it was received. */
  chooseForm(id: string, exhibit: string, redaction: string | null): Promise<Complaint>
  preflight(id: string): Promise<Preflight>
  shortPreflight(caseId: string, agency: string): Promise<Preflight>
  makePackage(id: string): Promise<void>
  packages(id: string): Promise<readonly Package[]>
  finish(id: string): Promise<Complaint>
}
