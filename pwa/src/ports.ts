// The shapes this client speaks in. Types only: adapters implement them, main.tsx wires them.

/** Lower-case hex SHA-256 of bytes, 64 digits. */
export type Sha256 = string
/** ISO 8601 with offset; the server always sends UTC. */
export type Instant = string

export type EvidenceKind =
  | 'call_recording'
  | 'chat_screenshot'
  | 'message_export'
  | 'screen_recording'
  | 'document'
  | 'other'

/** How the borrower came by a file (declared for each batch, kept beside the item). */
export type Source = 'own_call' | 'received' | 'third_party_voluntary' | 'other'

export interface Declaration {
  readonly source: Source
  readonly device: string
  readonly how: string
}

/** One chosen file, its bytes copied into the phone's own store, its digest taken from that copy. */
export interface Draft {
  readonly id: string
  /** The user who chose it; another user of the same phone never sees it. */
  readonly owner: string
  readonly case: string
  readonly kind: EvidenceKind
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: Sha256
  readonly capturedAt: Instant
  /** The file's own modification time: a claim, not a proof. */
  readonly takenAt: Instant | null
  readonly batch: string
  readonly declaration: Declaration
  readonly isPaused: boolean
  /** A resumable upload already begun: where, and the capability that may continue it. */
  readonly upload: { readonly url: string; readonly capability: string } | null
  /** The problem code of the last refusal, when only the person can do something about it. */
  readonly problem: string | null
}

/** The server's signed receipt (docs/formats/receipt.md), as the API gives it. */
export interface Receipt {
  readonly item: string
  readonly sha256: Sha256
  readonly size: number
  readonly received_at: Instant
  readonly event: Sha256
  /** Base64 of the signed bytes and of the Ed25519 signature. */
  readonly receipt: string
  readonly signature: string
  readonly claimed: boolean
  readonly duplicate_of?: string | null
  /** What that means, in the person's language. */
  readonly duplicate_text?: string
}

/** A receipt as this phone keeps it, with what the person called the file. */
export interface KeptReceipt extends Receipt {
  readonly owner: string
  readonly case: string
  readonly name: string
  readonly kind: EvidenceKind
  readonly isSealed: boolean
}

/** The phone's own store. */
export interface OutboxStore {
  /** Begins a draft's bytes; `write` copies, `finish` names them, `discard` leaves nothing. */
  copy(id: string): Promise<DraftCopy>
  drafts(owner: string): Promise<readonly Draft[]>
  update(id: string, change: Partial<Pick<Draft, 'isPaused' | 'upload' | 'problem'>>): Promise<Draft>
  bytes(id: string): Promise<Blob>
  /** Removes draft and bytes and keeps the receipt, in one transaction. */
  settle(id: string, receipt: KeptReceipt): Promise<void>
  remove(id: string): Promise<void>
  receipts(owner: string): Promise<readonly KeptReceipt[]>
  markSealed(item: string): Promise<void>
}

export interface DraftCopy {
  write(chunk: ArrayBuffer): Promise<void>
  finish(draft: Draft): Promise<void>
  discard(): Promise<void>
}

/** A digest taken piece by piece, away from the screen's thread. */
export interface Digest {
  /** The buffer is handed over: the caller must not touch it again. */
  update(chunk: ArrayBuffer): Promise<void>
  finish(): Promise<Sha256>
  close(): void
}

export interface Progress {
  readonly sent: number
  readonly total: number
}

/** Takes one draft to the server. Resolves to its receipt or throws a named error. */
export interface Transport {
  send(draft: Draft, bytes: Blob, ways: SendingWays): Promise<Receipt>
  isSealed(item: string): Promise<boolean>
}

export interface SendingWays {
  readonly signal: AbortSignal
  onProgress(progress: Progress): void
  /** Called once a resumable upload exists, so that a closed app can continue it. */
  onBegun(upload: NonNullable<Draft['upload']>): Promise<void>
}
