// The directory at the end of a ZIP (APPNOTE 4.3.12 to 4.3.16), read as Python's zipfile reads it: the two
// verifiers must see one archive. Numbers beyond 2**53 are refused: no such file can be.
import type { Bytes } from '../bytes.js'
import { textOf } from '../bytes.js'
import { ContainerError } from '../errors.js'

export interface Entry {
  readonly name: string // as it stands there
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly attributes: number
  readonly offset: number // of its local header, from the beginning of the file
}

export const UTF8_NAME = 0x800
const END = 0x06054b50
const END_BYTES = 22
const END_64 = 0x06064b50
const END_64_BYTES = 56
const LOCATOR_64 = 0x07064b50
const LOCATOR_64_BYTES = 20
const CENTRAL = 0x02014b50
const CENTRAL_BYTES = 46
const MAX_COMMENT = 1 << 16
const MAX_DIRECTORY_BYTES = 64 * 1024 * 1024
const MAX_EXTRACT_VERSION = 63
const FULL_32 = 0xffffffff
const ZIP64_EXTRA = 0x0001

// Code page 437, the second half: names without the UTF-8 flag are spelled in it.
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

interface EndRecord {
  readonly size: number
  readonly offset: number
  readonly at: number // where the end record begins
  readonly is64: boolean
}

/** Every entry of the directory; raises ContainerError. */
export async function readDirectory(file: Blob): Promise<readonly Entry[]> {
  const end = await findEnd(file)
  // What stands before the archive shifts every offset.
  const shift = end.at - end.size - end.offset - (end.is64 ? END_64_BYTES + LOCATOR_64_BYTES : 0)
  const start = end.offset + shift
  if (start < 0 || end.size > MAX_DIRECTORY_BYTES) throw unreadable()
  const data = new Uint8Array(await file.slice(start, start + end.size).arrayBuffer())
  const entries: Entry[] = []
  for (let at = 0; at < end.size; ) {
    const [entry, next] = readEntry(data, at, shift)
    entries.push(entry)
    at = next
  }
  return entries
}

/** Whether the file ends with an end record without a comment. */
export async function endsPlainly(file: Blob): Promise<boolean> {
  const data = new Uint8Array(await file.slice(Math.max(0, file.size - END_BYTES)).arrayBuffer())
  return data.length === END_BYTES && viewOf(data).getUint32(0, true) === END && data[20] === 0 && data[21] === 0
}

export function decodeName(raw: Bytes, flags: number): string {
  if ((flags & UTF8_NAME) !== 0) return textOf(raw)
  return Array.from(raw, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : (CP437[byte - 0x80] ?? ''))).join('')
}

async function findEnd(file: Blob): Promise<EndRecord> {
  if (await endsPlainly(file)) return endRecord(file, file.size - END_BYTES)
  const from = Math.max(0, file.size - MAX_COMMENT - END_BYTES)
  const tail = new Uint8Array(await file.slice(from).arrayBuffer())
  const view = viewOf(tail)
  for (let at = tail.length - 4; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue
    if (at + END_BYTES > tail.length) throw unreadable()
    return endRecord(file, from + at)
  }
  throw unreadable()
}

async function endRecord(file: Blob, at: number): Promise<EndRecord> {
  const begin = Math.max(0, at - LOCATOR_64_BYTES - END_64_BYTES)
  const data = new Uint8Array(await file.slice(begin, at + END_BYTES).arrayBuffer())
  const view = viewOf(data)
  const end = data.length - END_BYTES
  const plain = { size: view.getUint32(end + 12, true), offset: view.getUint32(end + 16, true), at, is64: false }
  const locator = end - LOCATOR_64_BYTES
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return plain
  if (view.getUint32(locator + 4, true) !== 0 || view.getUint32(locator + 16, true) > 1) throw unreadable() // several disks
  const end64 = locator - END_64_BYTES
  if (end64 < 0 || view.getUint32(end64, true) !== END_64) return plain
  return { size: whole(view, end64 + 40), offset: whole(view, end64 + 48), at, is64: true }
}

function readEntry(data: Bytes, at: number, shift: number): [Entry, number] {
  if (at + CENTRAL_BYTES > data.length) throw unreadable()
  const view = viewOf(data)
  if (view.getUint32(at, true) !== CENTRAL || view.getUint8(at + 6) > MAX_EXTRACT_VERSION) throw unreadable()
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [number, number, number]
  const nameEnd = at + CENTRAL_BYTES + nameLength
  const flags = view.getUint16(at + 8, true)
  const plain = {
    packedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  }
  const large = withExtra(plain, data.slice(nameEnd, nameEnd + extraLength))
  const entry = {
    name: nameOf(data.slice(at + CENTRAL_BYTES, nameEnd), flags),
    flags,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    attributes: view.getUint32(at + 38, true),
    ...large,
    offset: large.offset + shift,
  }
  return [entry, nameEnd + extraLength + commentLength]
}

function nameOf(raw: Bytes, flags: number): string {
  try {
    return decodeName(raw, flags)
  } catch (cause) {
    throw unreadable(cause)
  }
}

interface Sizes {
  readonly packedSize: number
  readonly size: number
  readonly offset: number
}

/** Zip64 (APPNOTE 4.5.3): the fields that are full stand in the extra field instead, in this order. */
function withExtra(plain: Sizes, extra: Bytes): Sizes {
  let sizes = plain
  const view = viewOf(extra)
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = view.getUint16(at + 2, true)
    if (at + 4 + length > extra.length) throw unreadable()
    if (view.getUint16(at, true) === ZIP64_EXTRA) {
      let place = at + 4
      const next = (): number => {
        if (place + 8 > at + 4 + length) throw unreadable()
        place += 8
        return whole(view, place - 8)
      }
      const size = sizes.size === FULL_32 ? next() : sizes.size
      const packedSize = sizes.packedSize === FULL_32 ? next() : sizes.packedSize
      const offset = sizes.offset === FULL_32 ? next() : sizes.offset
      sizes = { size, packedSize, offset }
    }
    at += 4 + length
  }
  return sizes
}

function whole(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw unreadable()
  return Number(value)
}

function viewOf(data: Bytes): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength)
}

function unreadable(cause?: unknown): ContainerError {
  const problem = new ContainerError('unreadable')
  if (cause !== undefined) problem.cause = cause
  return problem
}
