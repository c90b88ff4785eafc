// A streaming SHA-256 whose arithmetic runs in a worker: a 200 MB recording must not freeze the screen.
import { DigestUnavailableError } from '../errors'
import type { Digest } from '../ports'

interface Answer {
  readonly sha256?: string
  readonly problem?: string
}

/** Opens one digest; `close` ends its worker and must be called in every case. */
export function openDigest(): Digest {
  const worker = new Worker(new URL('./digestWorker.ts', import.meta.url))

  function ask(message: ArrayBuffer | 'finish', transfer: Transferable[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) =>
        data.problem === undefined ? resolve(data) : reject(new DigestUnavailableError(data.problem))
      worker.onerror = (event) => reject(new DigestUnavailableError(event.message))
      worker.postMessage(message, transfer)
    })
  }

  return {
    async update(chunk) {
      await ask(chunk, [chunk])
    },
    async finish() {
      const { sha256 } = await ask('finish', [])
      if (sha256 === undefined) throw new DigestUnavailableError('the worker gave no digest')
      return sha256
    },
    close: () => worker.terminate(),
  }
}
