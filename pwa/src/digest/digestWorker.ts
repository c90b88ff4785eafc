// Takes a SHA-256 piece by piece, away from the screen's thread. The one place that runs WebAssembly.
import { createSHA256 } from 'hash-wasm'

// The page's types stand here too (hash-wasm asks for them): name the two things that a worker has.
const scope = self as unknown as {
  onmessage: (event: MessageEvent<ArrayBuffer | 'finish'>) => void
  postMessage(answer: { readonly sha256?: string; readonly problem?: string }): void
}

const ready = createSHA256()

scope.onmessage = async ({ data }) => {
  try {
    const hasher = await ready
    if (data === 'finish') {
      scope.postMessage({ sha256: hasher.digest('hex') })
    } else {
      hasher.update(new Uint8Array(data))
      scope.postMessage({})
    }
  } catch (error) {
    scope.postMessage({ problem: String(error) })
  }
}
