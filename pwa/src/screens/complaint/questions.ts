// The questions of the interview: the server's own list (complaints/interview/steps.json), read at build
// time so that the two cannot differ.
import STEPS from '../../../../complaints/interview/steps.json'

export interface Question {
  readonly id: string
  /** The part of the interview it belongs to. */
  readonly step?: string
  readonly kind: string
  readonly required?: boolean
  readonly max_length?: number
  readonly max_items?: number
  readonly options?: readonly string[]
  readonly documents?: readonly string[]
  readonly of?: readonly Question[]
}

interface Step {
  readonly id: string
  readonly documents?: readonly string[]
  readonly fields: readonly Question[]
}

/** Asked elsewhere: danger before everything, the lender's type with the addressees, tags in the timeline, words to a desk with its checks. */
const ASKED_ELSEWHERE = new Set(['danger_now', 'lender_type', 'left_out_tags', 'signs_by_hand', 'goes_although'])

/** One question a screen, in order, for one document. */
export function questionsFor(documentId: string): readonly Question[] {
  const isFor = ({ documents }: { readonly documents?: readonly string[] }) =>
    documents === undefined || documents.includes(documentId)
  return (STEPS as readonly Step[])
    .filter(isFor)
    .flatMap((step) => step.fields.filter(isFor).map((field) => ({ ...field, step: step.id })))
    .filter((question) => !ASKED_ELSEWHERE.has(question.id))
}
