// Check 4: every file both ways, and the sums. Each file is read once.
import { UnreadableFileError } from '../errors.js'
import * as layout from '../layout.js'
import type { Algorithm, Hashed } from '../ports.js'
import type { Subject } from './subject.js'
import { MANIFEST_BYTES } from './subject.js'

export type OnBytes = (bytes: number) => void

/** Digest and size of every file of the package's folder; a file that cannot be read is named. */
export async function hashAll(subject: Subject, onBytes: OnBytes): Promise<void> {
  const names = subject.ownNames()
  const found = await Promise.all(names.map((name) => hashOne(subject, name, onBytes)))
  names.forEach((name, index) => {
    const path = name.slice(subject.prefix.length)
    const hashed = found[index] ?? null
    const sha256 = hashed?.digests.sha256
    if (hashed === null || sha256 === undefined) {
      subject.ledger.changed('files', 'file-unreadable', path)
      return
    }
    subject.digests.set(path, { sha256, size: hashed.size })
    if (hashed.digests.sm3 !== undefined) subject.sm3.set(path, hashed.digests.sm3)
  })
}

async function hashOne(subject: Subject, name: string, onBytes: OnBytes): Promise<Hashed | null> {
  try {
    return await subject.hasher.hash(await subject.container.member(name), algorithmsFor(subject, name), onBytes)
  } catch (problem) {
    if (problem instanceof UnreadableFileError) return null
    throw problem
  }
}

/** SM3 too where the package states it; it is several times slower. */
function algorithmsFor(subject: Subject, name: string): readonly Algorithm[] {
  const isStated = subject.comparesSm3 && subject.has(layout.SM3) && subject.hasher.algorithms.has('sm3')
  return isStated && name.startsWith(`${subject.prefix}${layout.EXHIBITS_FOLDER}/`) ? ['sha256', 'sm3'] : ['sha256']
}

/** Listed and there with these very bytes; there and listed. Nothing else, also no folder. */
export function checkFiles(subject: Subject): void {
  const { ledger, package: whole } = subject
  if (whole === null) return
  const listed = new Map(whole.files.map((file) => [file.path, file]))
  for (const [path, file] of listed) {
    const found = subject.digests.get(path)
    if (!subject.has(path)) ledger.missing('files', 'file-missing', path)
    else if (found !== undefined && (found.sha256 !== file.sha256 || found.size !== file.size)) ledger.changed('files', 'file-changed', path)
  }
  const own = subject.ownNames()
  for (const name of own) {
    const path = name.slice(subject.prefix.length)
    if (!listed.has(path) && !layout.isUnlisted(path)) ledger.changed('files', 'file-planted', path)
  }
  checkFolders(subject, [...[...listed.keys()].map((path) => subject.prefix + path), ...own])
  if (listed.has(layout.CHECKER) !== whole.checker) ledger.changed('files', 'checker-unsaid', layout.CHECKER)
  ledger.passed('files', 'files', null, { count: listed.size })
}

/** A folder with nothing in it that we know could carry a message in its name. */
function checkFolders(subject: Subject, names: readonly string[]): void {
  const needed = new Set<string>()
  for (const name of names) for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) needed.add(name.slice(0, at))
  for (const folder of [...subject.container.folders].sort()) {
    if (needed.has(folder)) continue
    const path = folder.startsWith(subject.prefix) ? folder.slice(subject.prefix.length) : folder
    subject.ledger.changed('files', 'file-planted', `${path}/`)
  }
}

/** SHA256SUMS.txt says what the other files are. It proves nothing: it is for `sha256sum -c`. */
export async function checkSums(subject: Subject): Promise<void> {
  const { ledger } = subject
  const raw = await subject.read(layout.SUMS, MANIFEST_BYTES)
  if (raw === null) return ledger.missing('sums', 'file-missing', layout.SUMS)
  const found = new Map<string, string>()
  for (const [path, { sha256 }] of subject.digests) if (path !== layout.SUMS) found.set(path, sha256)
  const text = new TextDecoder('latin1').decode(raw)
  const isAscii = raw.every((byte) => byte < 0x80)
  if (isAscii && text === writeSums([...found].filter(([path]) => /^[\0-\x7f]*$/.test(path)))) {
    return ledger.passed('sums', 'sums', null, { count: found.size })
  }
  const said = readSums(isAscii ? text : text.replace(/[\x80-\xff\u0100-\uffff]/g, '\ufffd'))
  let isBlamed = false
  for (const path of [...new Set([...found.keys(), ...said.keys()])].sort()) {
    if (found.get(path) === said.get(path)) continue
    // Where a signature vouches for the file, it is the sums that changed.
    if (found.has(path) && subject.stated(path) === found.get(path)) continue
    isBlamed = true
    ledger.changed('sums', 'sums-differ', path)
  }
  const isComplete = said.size === found.size && [...said.keys()].every((path) => found.has(path))
  if (!isBlamed || !isComplete || writeSums([...said]) !== text) ledger.changed('sums', 'file-changed', layout.SUMS)
}

/** One line a file, sorted by path. */
export function writeSums(digests: readonly (readonly [string, string])[]): string {
  return [...digests]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, sha256]) => `${sha256}  ${path}\n`)
    .join('')
}

function readSums(text: string): Map<string, string> {
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e]/)
  return new Map(lines.flatMap((line) => {
    const found = /^([0-9a-f]{64}) {2}(.+)$/s.exec(line)
    return found === null ? [] : [[found[2] ?? '', found[1] ?? ''] as const]
  }))
}
