// The witness's page at the server: no cookie goes along, the secret stands in a header.
import { OfflineError } from '../errors'
import { language } from '../language/language'
import type { AnswerStanding, WitnessReceipt, WitnessServer } from '../serverPorts'
import { problemOf } from './http'
import type { Method } from './http'

async function ask(method: Method, path: string, secret: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language() }
  if (secret !== '') headers['Authorization'] = `Witness ${secret}`
  const init: RequestInit = { method, headers, credentials: 'omit', cache: 'no-store' }
  if (body instanceof FormData) init.body = body
  else if (body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  let answer: Response
  try {
    answer = await fetch(`/api/witness/${path}`, init)
  } catch {
    throw new OfflineError()
  }
  if (!answer.ok) throw await problemOf(answer)
  return answer
}

export const witnessServer: WitnessServer = {
  bind: async (token) => ((await (await ask('POST', 'bind/', '', { token })).json()) as { secret: string }).secret,
  standing: async (secret) => (await (await ask('GET', '', secret)).json()) as AnswerStanding,
  state: async (secret, statement) => (await (await ask('POST', 'statement/', secret, statement)).json()) as AnswerStanding,
  picture: async (secret, picture, sha256) => {
    const form = new FormData()
    form.append('claimed_sha256', sha256)
    form.append('file', picture, 'picture') // its own name could tell who sends it
    return (await (await ask('POST', 'pictures/', secret, form)).json()) as WitnessReceipt
  },
  erase: async (secret) => void (await ask('DELETE', '', secret)),
}
