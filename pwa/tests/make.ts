// Invented drafts in a store of their own.
import { openStore } from '../src/adapters/indexedStore'
import { keep } from '../src/capture/capture'
import type { Draft, OutboxStore } from '../src/ports'
import { openDigest } from './real'

let stores = 0
let minutes = 0

export function freshStore(): Promise<OutboxStore> {
  stores += 1
  return openStore(`test-${stores}`)
}

export function fileOf(bytes: Uint8Array, name = '录音.amr'): File {
  return new File([bytes as BlobPart], name, { type: 'audio/amr', lastModified: Date.UTC(2026, 10, 1) })
}

/** Each draft is a minute younger than the one before. */
export function keepIn(store: OutboxStore, file: File, owner = 'borrower'): Promise<Draft> {
  minutes += 1
  return keep(
    {
      file,
      kind: 'call_recording',
      owner,
      case: 'case',
      batch: 'batch',
      declaration: { source: 'own_call', device: '', how: '' },
      at: new Date(Date.UTC(2026, 10, 23, 8, minutes)),
    },
    store,
    openDigest,
  )
}
