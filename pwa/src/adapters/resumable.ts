// A resumable upload (tus 1.0) that survives a closed app: its address and capability are kept with
// the draft. Loaded only when a file is too large for one POST.
import { DetailedError, Upload } from 'tus-js-client'
import type { HttpRequest } from 'tus-js-client'
import { OfflineError } from '../errors'
import type { Draft, Receipt, SendingWays } from '../ports'
import { wordsOf } from './draftWords'
import { headersFor, problemFrom, problemOf } from './http'

const ENDPOINT = '/api/uploads/'
const PIECE_BYTES = 8 * 1024 * 1024

export async function sendResumably(draft: Draft, bytes: Blob, ways: SendingWays): Promise<Receipt> {
  const { url, capability } = await uploaded(draft, bytes, ways)
  return receiptOf(url, capability)
}

function uploaded(draft: Draft, bytes: Blob, ways: SendingWays): Promise<{ url: string; capability: string }> {
  let capability = draft.upload?.capability ?? ''
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: ENDPOINT,
      ...(draft.upload === null ? {} : { uploadUrl: draft.upload.url }),
      chunkSize: PIECE_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      metadata: { ...wordsOf(draft), filename: draft.name, sha256: draft.sha256 },
      onBeforeRequest: (request) => authorise(request, capability),
      onAfterResponse: (_request, response) => {
        capability = response.getHeader('Upload-Capability') ?? capability
      },
      onUploadUrlAvailable: async () => {
        if (upload.url !== null && upload.url !== draft.upload?.url) await ways.onBegun({ url: upload.url, capability })
      },
      onProgress: (sent, total) => ways.onProgress({ sent, total: total ?? draft.size }),
      onSuccess: () =>
        upload.url === null ? reject(new OfflineError()) : resolve({ url: upload.url, capability }),
      onError: (error) => reject(named(error)),
    })
    ways.signal.addEventListener(
      'abort',
      () => {
        void upload.abort(false)
        reject(new OfflineError())
      },
      { once: true },
    )
    upload.start()
  })
}

/** Creating takes the session; continuing takes the capability and nothing else. */
function authorise(request: HttpRequest, capability: string): void {
  if (request.getMethod() === 'POST') {
    for (const [name, value] of Object.entries(headersFor('POST'))) request.setHeader(name, value)
  } else {
    request.setHeader('Authorization', `Upload ${capability}`)
  }
}

async function receiptOf(url: string, capability: string): Promise<Receipt> {
  let answer: Response
  try {
    answer = await fetch(`${url.replace(/\/$/, '')}/receipt/`, {
      headers: { ...headersFor('GET'), Authorization: `Upload ${capability}` },
      cache: 'no-store',
    })
  } catch {
    throw new OfflineError()
  }
  if (!answer.ok) throw await problemOf(answer)
  return (await answer.json()) as Receipt
}

function named(error: Error): Error {
  if (!(error instanceof DetailedError) || error.originalResponse === null) return new OfflineError()
  return problemFrom(error.originalResponse.getStatus(), parsed(error.originalResponse.getBody()))
}

function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    // A proxy may answer with a page of its own; the status alone then names the problem.
    return {}
  }
}
