// The names of what can go wrong. A finding about the package is no error: it stands in the ledger.

/** Bytes are not in the spelling (UTF-8, base64) that they should be in. */
export class EncodingError extends Error {}

/** The container cannot be read in one meaning only, so nothing in it is judged; `reason` is a word. */
export class ContainerError extends Error {
  constructor(readonly reason: string, readonly where = '') {
    super(`${reason} ${where}`.trim())
  }
}

/** One file of the container cannot be read whole. */
export class UnreadableFileError extends Error {}

/** What was typed or chosen under "whom to trust" is nothing of the kind. */
export class TrustArgumentError extends Error {}

/** Bytes are not the format that they should be. */
export class FormatError extends Error {}

/** Of a later version or with a word of a later list: it cannot be checked here, which accuses nobody. */
export class VersionError extends Error {}

/** A signature is not this key's over these bytes. */
export class SignatureError extends Error {}

/** A proof does not lead where it should. */
export class ProofError extends Error {}

/** A custody event does not follow the one before it; `index` counts from 0. */
export class ChainBrokenError extends Error {
  constructor(readonly index: number) {
    super(`custody event ${index}`)
  }
}

/** A time-stamp token does not hold; `code` is that of docs/formats/timestamp.md. */
export class StampError extends Error {
  constructor(readonly code: string, why = '') {
    super(`${code} ${why}`.trim())
  }
}

/** A token stands on something that this browser cannot compute: neither held nor failed. */
export class NotHereError extends Error {}
