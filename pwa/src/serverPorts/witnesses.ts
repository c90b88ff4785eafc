// A third person's own statement: what their page asks, and what the borrower sees of it.
import type { Instant, Receipt, Sha256 } from '../ports'

export const RELATIONS = ['relative', 'friend', 'colleague', 'neighbour', 'other'] as const
export const CHANNELS = ['call', 'text', 'chat', 'visit', 'other'] as const
export const YES_NO_UNSURE = ['yes', 'no', 'unsure'] as const
export const YES_NO = ['yes', 'no'] as const
export const DESKS = ['police', 'regulator', 'lender'] as const
export const WISHES = ['none', 'masked', 'named'] as const

export type YesNo = (typeof YES_NO)[number]
export type Desk = (typeof DESKS)[number]
export type Wish = (typeof WISHES)[number]

export interface Told {
  readonly relation: (typeof RELATIONS)[number]
  readonly guarantor: (typeof YES_NO_UNSURE)[number]
  readonly channel: (typeof CHANNELS)[number]
  readonly when: string
  readonly number: string
  readonly who: string
  readonly said: string
  readonly told_of_debt: (typeof YES_NO_UNSURE)[number]
  readonly asked_to_stop: YesNo
  readonly after: string
}

export interface Statement extends Told {
  readonly language: 'zh-CN' | 'en'
  readonly consents: Readonly<Record<Desk, Wish>>
  readonly name: string
  readonly phone: string
  readonly may_be_asked: YesNo
  readonly agrees: boolean
}

export type LinkState = 'open' | 'bound' | 'answered' | 'expired' | 'revoked' | 'erased'

export interface WitnessReceipt {
  readonly part: 'statement' | 'consent' | 'picture'
  readonly receipt: Receipt
}

/** How the witness's own answer stands. */
export interface AnswerStanding {
  readonly state: LinkState
  readonly is_revoked: boolean
  readonly expires_at: Instant
  readonly pictures_left: number
  readonly receipts: readonly WitnessReceipt[]
}

/** What a witness's page asks: by token and secret, never by a session. */
export interface WitnessServer {
  /** The first call makes the link this browser's; the secret comes this once. */
  bind(token: string): Promise<string>
  standing(secret: string): Promise<AnswerStanding>
  state(secret: string, statement: Statement): Promise<AnswerStanding>
  picture(secret: string, picture: File, sha256: Sha256): Promise<WitnessReceipt>
  erase(secret: string): Promise<void>
}

export interface WitnessLink {
  readonly id: string
  readonly label: string
  readonly state: LinkState
  readonly is_revoked: boolean
  readonly created_at: Instant
  readonly expires_at: Instant
  readonly stated_at: Instant | null
}

export interface WitnessStatement {
  /** As the server keeps them: codes and words by question. */
  readonly answers: Readonly<Record<keyof Told, string>>
  readonly name: string
  readonly phone: string
  readonly item: string
  readonly pictures: readonly string[]
}

export type WitnessForm = 'left_out' | 'masked' | 'named'

export interface ComplaintWitnesses {
  readonly results: readonly {
    readonly link: string
    readonly label: string
    readonly desk: Desk
    readonly consent: Wish
    readonly form: WitnessForm
    readonly exhibits: readonly string[]
  }[]
  readonly erased: readonly { readonly exhibit: string; readonly erased_at: Instant }[]
}

/** The borrower's side of witness links. */
export interface WitnessLinks {
  links(caseId: string): Promise<readonly WitnessLink[]>
  /** Makes a link; its address is given this once. */
  invite(caseId: string, label: string): Promise<string>
  revoke(link: string): Promise<void>
  statement(link: string): Promise<WitnessStatement>
  beside(complaint: string): Promise<ComplaintWitnesses>
  chooseForm(complaint: string, link: string, form: WitnessForm): Promise<ComplaintWitnesses>
}
