// The names of the abuse labels and kinds, from the one list of the product (evidence/abuse).
import { message } from './language'

export const LABELS = [
  'threat', 'insult', 'contact_blasting', 'privacy_disclosure', 'impersonation', 'false_legal_document',
  'harassment_frequency', 'home_or_workplace_visit', 'obscene_image', 'extortion_or_usury', 'induce_borrowing', 'off_hours',
] as const

export function labelName(label: string): string {
  return message(`client-label-${label}`)
}
