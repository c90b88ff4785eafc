// Takes a draft to the server: small files by one POST, larger ones by a resumable upload.
import { DIRECT_MAX_BYTES } from '../capture/kinds'
import { OfflineError } from '../errors'
import type { Draft, Receipt, SendingWays, Transport } from '../ports'
import { client, good } from './client'
import { wordsOf } from './draftWords'
import { headersFor, problemFrom } from './http'

export const transport: Transport = {
  async send(draft, bytes, ways) {
    if (draft.size <= DIRECT_MAX_BYTES) return post(draft, bytes, ways)
    const { sendResumably } = await import('./resumable')
    return sendResumably(draft, bytes, ways)
  },
  isSealed: async (item) => (await good(client.GET('/api/items/{item_id}/', { params: { path: { item_id: item } } }))).state.sealed,
}

/** XMLHttpRequest, because fetch cannot say how much of a body has left the phone. */
function post(draft: Draft, bytes: Blob, ways: SendingWays): Promise<Receipt> {
  const form = new FormData()
  for (const [name, value] of Object.entries(wordsOf(draft))) form.append(name, value)
  form.append('claimed_sha256', draft.sha256)
  form.append('file', new File([bytes], draft.name, { type: draft.type }))

  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/items/')
    for (const [name, value] of Object.entries(headersFor('POST'))) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => ways.onProgress({ sent: loaded, total })
    request.onload = () =>
      request.status >= 200 && request.status < 300
        ? resolve(request.response as Receipt)
        : reject(problemFrom(request.status, (request.response as Record<string, unknown> | null) ?? {}))
    request.onerror = () => reject(new OfflineError())
    request.onabort = () => reject(new OfflineError())
    ways.signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}
