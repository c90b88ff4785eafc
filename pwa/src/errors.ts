// Every failure has a name and a stable code; the code is also the key of what the person reads.

export class ClientError extends Error {
  constructor(readonly code: string, message: string) {
    super(message)
    this.name = new.target.name
  }
}

/** The server answered with a problem (RFC 9457); `detail` is already in the person's language. */
export class ProblemError extends ClientError {
  constructor(
    code: string,
    readonly status: number,
    readonly detail: string,
    readonly values: Readonly<Record<string, unknown>> = {},
  ) {
    super(code, `${status} ${code}`)
  }
}

/** Nothing came back: no network, or the server is away. Time may heal it. */
export class OfflineError extends ClientError {
  constructor() {
    super('offline', 'no answer from the server')
  }
}

/** The session is over; the person signs in again, nothing is lost. */
export class SignInNeededError extends ClientError {
  constructor() {
    super('sign_in_needed', 'the session has ended')
  }
}

/** The receipt does not name the very digest that this phone computed. */
export class ReceiptMismatchError extends ClientError {
  constructor(readonly sent: string, readonly received: string) {
    super('receipt_mismatch', `sent ${sent}, the receipt says ${received}`)
  }
}

export class EmptyFileError extends ClientError {
  constructor() {
    super('file_empty', 'the chosen file has no bytes')
  }
}

export class FileTooLargeError extends ClientError {
  constructor(readonly size: number, readonly limit: number) {
    super('file_too_large', `${size} bytes, at most ${limit}`)
  }
}

/** The picker's file went away or changed while it was copied. */
export class FileUnreadableError extends ClientError {
  constructor(cause: unknown) {
    super('file_unreadable', `the chosen file could not be read: ${String(cause)}`)
  }
}

/** The phone's store is full or closed to us (a private window, no space left). */
export class StoreUnavailableError extends ClientError {
  constructor(cause: unknown) {
    super('phone_store_unavailable', `the phone's store refused: ${String(cause)}`)
  }
}

export class DigestUnavailableError extends ClientError {
  constructor(cause: unknown) {
    super('digest_unavailable', `the digest could not be computed: ${String(cause)}`)
  }
}

/** Whether waiting can heal it: only then does the outbox try again by itself. */
export function isHealedByTime(error: unknown): boolean {
  if (error instanceof OfflineError) return true
  return error instanceof ProblemError && (error.status >= 500 || error.status === 429)
}

export function codeOf(error: unknown): string {
  return error instanceof ClientError ? error.code : 'unknown_problem'
}
