// A checkpoint: the log's size and root as a C2SP signed note (docs/formats/log.md).
import type { Bytes } from '../bytes.js'
import { base64, concat, equal, textOf, unbase64, utf8 } from '../bytes.js'
import { FormatError, SignatureError } from '../errors.js'
import { sha256 } from './sha.js'
import { isSigned } from './signing.js'

const ED25519 = Uint8Array.of(1) // signed-note's signature type
const DASH = '\u2014 '
const SIZE = /^(?:0|[1-9][0-9]{0,18})$/
const NAME = /^[^\s+]+$/u
const CONTROL = /[\x00-\x09\x0b-\x1f]/
const HASH_BYTES = 32
const MAX_NOTE_BYTES = 1 << 20

export interface Checkpoint {
  readonly size: number
  readonly root: Bytes
}

interface NoteSignature {
  readonly name: string
  readonly keyId: Bytes
  readonly signature: Bytes
}

/** The checkpoint of this log, signed by this key. Raises FormatError, SignatureError. */
export function verify(note: Bytes, origin: string, key: Bytes): Checkpoint {
  const [text, signatures] = parts(note)
  const [first = '', size = '', rootText = '', ...extensions] = text.slice(0, -1).split('\n')
  const root = unbase64(rootText)
  if (!SIZE.test(size) || root.length !== HASH_BYTES || base64(root) !== rootText) throw new FormatError('no checkpoint')
  if (!NAME.test(first) || extensions.includes('')) throw new FormatError('no checkpoint')
  if (first !== origin) throw new FormatError("another log's")
  const wanted = sha256(utf8(`${origin}\n`), ED25519, key).subarray(0, 4)
  const own = signatures.find((each) => each.name === origin && equal(each.keyId, wanted))
  if (own === undefined || !isSigned(key, utf8(text), own.signature)) throw new SignatureError("not the log's")
  if (!Number.isSafeInteger(Number(size))) throw new FormatError('a log beyond 2**53 events')
  return { size: Number(size), root }
}

function parts(note: Bytes): [string, NoteSignature[]] {
  if (note.length > MAX_NOTE_BYTES) throw new FormatError('too long')
  const whole = textOf(note)
  const cut = whole.lastIndexOf('\n\n')
  const block = whole.slice(cut + 2)
  if (CONTROL.test(whole) || cut < 0 || !block.endsWith('\n')) throw new FormatError('no signed note')
  return [whole.slice(0, cut) + '\n', block.slice(0, -1).split('\n').map(signatureOf)]
}

function signatureOf(line: string): NoteSignature {
  const [name = '', blobText = '', ...more] = line.slice(DASH.length).split(' ')
  const blob = unbase64(blobText)
  if (!line.startsWith(DASH) || more.length > 0 || !NAME.test(name) || blob.length < 5) throw new FormatError('no signature')
  return { name, keyId: concat(blob.subarray(0, 4)), signature: concat(blob.subarray(4)) }
}
