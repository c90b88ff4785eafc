// What goes with a file's bytes.
import type { Draft } from '../ports'

/** What is said of a file beside its bytes; the same words in a form and in tus metadata. */
export function wordsOf(draft: Draft): Record<string, string> {
  const { declaration } = draft
  const words: Record<string, string> = {
    case: draft.case,
    kind: draft.kind,
    source: declaration.source,
    captured_at: draft.capturedAt,
    batch: draft.batch,
  }
  if (declaration.device !== '') words['device'] = declaration.device
  if (declaration.how !== '') words['how'] = declaration.how
  if (draft.takenAt !== null) words['taken_at'] = draft.takenAt
  return words
}
