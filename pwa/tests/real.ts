// Real implementations of the ports for tests: no mock of ours, no network, no clock that runs.
import 'fake-indexeddb/auto'
import { createSHA256 } from 'hash-wasm'
import type { Clock } from '../src/outbox/outbox'
import type { Digest, Draft, Receipt, SendingWays, Transport } from '../src/ports'

export function openDigest(): Digest {
  const hasher = createSHA256()
  return {
    update: async (chunk) => void (await hasher).update(new Uint8Array(chunk)),
    finish: async () => (await hasher).digest('hex'),
    close: () => undefined,
  }
}

/** By the platform, not by the library that the client uses. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A server in memory: it hashes what truly arrives and answers with that digest. */
export class MemoryServer implements Transport {
  readonly received: string[] = []
  readonly sealed = new Set<string>()
  /** Thrown instead of an answer, once each, in order. */
  readonly refusals: Error[] = []
  /** Called with the bytes before they are hashed: a road that alters them. */
  road: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes
  hold: Promise<void> = Promise.resolve()

  async send(draft: Draft, bytes: Blob, ways: SendingWays): Promise<Receipt> {
    await Promise.race([
      this.hold,
      new Promise((_resolve, reject) => ways.signal.addEventListener('abort', () => reject(new Error('cut')))),
    ])
    const refusal = this.refusals.shift()
    if (refusal !== undefined) throw refusal
    const arrived = this.road(new Uint8Array(await bytes.arrayBuffer()))
    ways.onProgress({ sent: arrived.length, total: draft.size })
    this.received.push(draft.name)
    return {
      item: `item-${draft.id}`,
      sha256: await sha256(arrived),
      size: arrived.length,
      received_at: '2026-11-23T09:00:00Z',
      event: '0'.repeat(64),
      receipt: '',
      signature: '',
      claimed: true,
    }
  }

  async isSealed(item: string): Promise<boolean> {
    return this.sealed.has(item)
  }
}

/** Time passes only when a test says so. */
export class HandClock implements Clock {
  #waiting: (() => void)[] = []

  after(_ms: number, ring: () => void): () => void {
    this.#waiting.push(ring)
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== ring)
    }
  }

  async ring(): Promise<void> {
    const due = this.#waiting
    this.#waiting = []
    for (const ring of due) ring()
    await settled()
  }
}

/** Lets everything that needs no clock come to rest. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 25; round++) await new Promise((resolve) => setTimeout(resolve, 0))
}
