// The complaint PDF: that it is there, and that the manifest inside it is the one beside it. Its own signature is not
// checked here, which is said whatever else is found.
import { equal } from '../bytes.js'
import type { Bytes } from '../bytes.js'
import { FormatError, UnreadableFileError } from '../errors.js'
import { readWhole } from '../hashing/reading.js'
import * as layout from '../layout.js'
import { embeddedFile } from '../paper/embedded.js'
import type { Subject } from './subject.js'

const PAPER_BYTES = 128 * 1024 * 1024 // a larger one is not read from within

export async function checkPaper(subject: Subject, exhibits: Bytes | null): Promise<void> {
  const { ledger, container, prefix } = subject
  if (!subject.has(layout.COMPLAINT)) return ledger.missing('pdf', 'file-missing', layout.COMPLAINT)
  ledger.notProved('pdf-signature')
  let inside: Bytes | null
  try {
    inside = await embeddedFile(await readWhole(container, prefix + layout.COMPLAINT, PAPER_BYTES), 'exhibits.json')
  } catch (problem) {
    if (!(problem instanceof FormatError) && !(problem instanceof UnreadableFileError)) throw problem
    return ledger.unknown('pdf', 'pdf-unread', layout.COMPLAINT)
  }
  ledger.unknown('pdf', 'pdf-not-here', layout.COMPLAINT)
  if (exhibits !== null && (inside === null || !equal(inside, exhibits))) ledger.changed('pdf', 'pdf-other-manifest', layout.COMPLAINT)
}
