// The order of the checks. Whatever happens, the answer is a verdict; none made is not green.
import type { Bytes } from '../bytes.js'
import type { Found } from '../container/folder.js'
import { FolderContainer } from '../container/folder.js'
import { ZipContainer } from '../container/zip.js'
import { ContainerError } from '../errors.js'
import * as formats from '../formats.js'
import * as layout from '../layout.js'
import type { Container, Hasher } from '../ports.js'
import { checkBag } from './bag.js'
import { checkCase } from './caseUco.js'
import { checkCustody, checkReceipts } from './custody.js'
import type { OnBytes } from './files.js'
import { checkFiles, checkSums, hashAll } from './files.js'
import { checkLog, readHistory } from './log.js'
import { checkManifest, checkTogether, checkTrust, readManifest, sayWhatIsClaimed } from './manifests.js'
import { checkPaper } from './paper.js'
import { checkRecords } from './records.js'
import { checkRedactions } from './redactions.js'
import { checkSm3 } from './sm3.js'
import { Subject, findPrefix } from './subject.js'
import { checkTokens } from './tokens.js'
import type { Trusted } from './trusted.js'
import type { Verdict } from './verdict.js'
import { Ledger } from './verdict.js'

/** What the person chose: one file, or what lies in a folder; a browser may not show folders that are empty. */
export type Chosen = { readonly file: Blob } | { readonly folder: readonly Found[]; readonly showsFolders: boolean }

export interface Asked {
  readonly trusted: Trusted
  readonly hasher: Hasher
  readonly withSm3: boolean | null
  readonly onTotal: (bytes: number) => void
  readonly onBytes: OnBytes
}

/** A verdict, and what the person may want to see of the package besides it. */
export interface Checked {
  readonly verdict: Verdict
  readonly case: string | null
  readonly packageDigest: string | null
  readonly isSample: boolean
  readonly checkerDigest: string | null // that package.json lists for 4_CHECK.html
}

const PDF_HEAD = '%PDF-'

/** The folder, a ZIP or a bag ZIP. */
export async function check(chosen: Chosen, asked: Asked): Promise<Checked> {
  try {
    if ('file' in chosen && (await chosen.file.slice(0, PDF_HEAD.length).text()) === PDF_HEAD) return bare(cannot('pdf-alone'))
    const container = 'file' in chosen ? await ZipContainer.open(chosen.file) : new FolderContainer(chosen.folder)
    return await checkContainer(container, asked, 'file' in chosen || chosen.showsFolders)
  } catch (problem) {
    if (problem instanceof ContainerError) return bare(cannot(`container-${problem.reason.replaceAll('_', '-')}`, problem.where))
    if (problem instanceof DOMException) return bare(cannot('container-unreadable')) // a file that is gone since it was chosen
    throw problem
  }
}

/** The verdict of a page that broke down: it could not check, and accuses nobody. */
export function crashed(kind: string): Checked {
  const ledger = new Ledger()
  ledger.cannot('container', 'crash', null, { kind })
  return bare(ledger.close())
}

/** What was brought is nothing of the kind: nothing was checked. */
export function wrongTrust(): Checked {
  const ledger = new Ledger()
  ledger.cannot('signer', 'trust-argument')
  return bare(ledger.close())
}

function cannot(code: string, where: string | null = null): Verdict {
  const ledger = new Ledger()
  ledger.cannot('container', code, where)
  return ledger.close()
}

function bare(verdict: Verdict): Checked {
  return { verdict, case: null, packageDigest: null, isSample: false, checkerDigest: null }
}

async function checkContainer(container: Container, asked: Asked, showsFolders: boolean): Promise<Checked> {
  const prefix = findPrefix(container)
  if (prefix === null) {
    const ledger = new Ledger()
    ledger.cannot('manifests', 'no-manifest')
    return bare(ledger.close())
  }
  const subject = new Subject(container, prefix, asked.trusted, asked.hasher, asked.withSm3)
  subject.ledger.passed('container', 'container', null, { count: container.files.size })
  asked.onTotal(subject.ownNames().reduce((sum, name) => sum + (container.files.get(name) ?? 0), 0))
  await checkSubject(subject, asked.onBytes)
  if (!showsFolders) subject.ledger.notProved('empty-folders')
  return {
    verdict: subject.ledger.close(),
    case: subject.package?.case ?? null,
    packageDigest: subject.digests.get(layout.PACKAGE)?.sha256 ?? null,
    isSample: subject.package?.sample ?? false,
    checkerDigest: subject.stated(layout.CHECKER),
  }
}

/**
 * 1 keys and manifests  2 every file  3 SM3, bag  4 receipts  5 custody  6 tokens  7 log  8 records
 * 9 redactions  10 the CASE description  11 the manifest inside the PDF  12 what is not checked here.
 */
async function checkSubject(subject: Subject, onBytes: OnBytes): Promise<void> {
  const { ledger } = subject
  const whole = await readManifest(subject, layout.PACKAGE)
  await checkTrust(subject)
  if (whole === null) return ledger.changed('files', 'file-unreadable', layout.PACKAGE)
  const exhibits = await checkManifests(subject, whole)
  await hashAll(subject, onBytes)
  checkFiles(subject)
  await checkSums(subject)
  await checkSm3(subject)
  await checkBag(subject)
  await checkReceipts(subject)
  await checkCustody(subject)
  await readHistory(subject)
  await checkTokens(subject)
  await checkLog(subject)
  await checkRecords(subject)
  await checkRedactions(subject)
  await checkCase(subject)
  await checkPaper(subject, exhibits)
  sayWhatIsNotReadAgain(subject)
  sayWhatIsClaimed(subject)
  for (const code of ['before-arrival', 'content']) ledger.notProved(code) // what no check of bytes can say
}

/** Both manifests and their signatures; the exhibits' manifest as it lies. */
async function checkManifests(subject: Subject, whole: Bytes): Promise<Bytes | null> {
  subject.package = await checkManifest(layout.PACKAGE, whole, formats.PACKAGE, 'liuzheng/package/v1', subject)
  const exhibits = await readManifest(subject, layout.EXHIBITS)
  if (exhibits === null) {
    subject.ledger.missing('manifests', 'file-missing', layout.EXHIBITS)
    return null
  }
  subject.exhibits = await checkManifest(layout.EXHIBITS, exhibits, formats.EXHIBITS, 'liuzheng/exhibits/v1', subject)
  checkTogether(subject, exhibits)
  return exhibits
}

/** Never green for a check that this page does not make. */
function sayWhatIsNotReadAgain(subject: Subject): void {
  const { ledger } = subject
  for (const exhibit of subject.proved) {
    if (exhibit.form === 'original') ledger.unknown('original', 'original-no-reader', exhibit.records)
    ledger.notProved('reading', { exhibit: exhibit.number })
  }
}
