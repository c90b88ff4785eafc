// What may be brought, what each picker accepts and how large it may be.
import type { EvidenceKind, Source } from '../ports'

export interface KindOffer {
  readonly kind: EvidenceKind
  readonly accept: string
}

/** In the order of the sheet; the server judges by content, the list only helps the picker. */
export const OFFERS: readonly KindOffer[] = [
  { kind: 'call_recording', accept: 'audio/*,.amr,.m4a,.mp3,.aac,.wav,.ogg,.3gp,.silk' },
  { kind: 'chat_screenshot', accept: 'image/*,.heic,.heif' },
  { kind: 'message_export', accept: '.xml,.txt,.csv,.html,.json,.zip,.db,text/*' },
  { kind: 'screen_recording', accept: 'video/*' },
  { kind: 'other', accept: '' },
]

export const SOURCES: readonly Source[] = ['own_call', 'received', 'third_party_voluntary', 'other']

/** Bytes. Above the first, the file goes by resumable upload; above the second, not at all. */
export const DIRECT_MAX_BYTES = 8 * 1024 * 1024
export const FILE_MAX_BYTES = 2 * 1024 * 1024 * 1024

/** What a shared file most likely is, by the type its app gave it. */
export function guessKind(type: string, name: string): EvidenceKind {
  if (type.startsWith('audio/') || /\.(amr|m4a|mp3|aac|wav|silk)$/i.test(name)) return 'call_recording'
  if (type.startsWith('image/')) return 'chat_screenshot'
  if (type.startsWith('video/')) return 'screen_recording'
  if (/\.(xml|txt|csv|html?|json|db)$/i.test(name)) return 'message_export'
  return 'other'
}
