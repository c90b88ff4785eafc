// One way to ask the server: session cookie, CSRF header, the person's language, problems by name.
import { OfflineError, ProblemError, SignInNeededError } from '../errors'
import { language } from '../language/language'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Problem {
  readonly code?: string
  readonly detail?: string
  readonly title?: string
  readonly [value: string]: unknown
}

/** Django's token for this browser, under whichever of its two names the installation uses. */
export function csrfToken(): string {
  return /(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? ''
}

export function headersFor(method: Method): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language() }
  if (method !== 'GET') headers['X-CSRFToken'] = csrfToken()
  return headers
}

/** Sends and hands back the raw answer; only the absence of one is an error here. */
export async function ask(method: Method, path: string, body?: unknown): Promise<Response> {
  const headers = headersFor(method)
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  try {
    return await fetch(path, init)
  } catch {
    throw new OfflineError()
  }
}

/** The bytes of a good answer that is not JSON. */
export async function bytes(path: string): Promise<Uint8Array> {
  const answer = await ask('GET', path)
  if (!answer.ok) throw await problemOf(answer)
  return new Uint8Array(await answer.arrayBuffer())
}

export async function problemOf(answer: Response): Promise<Error> {
  let problem: Problem = {}
  if (/json/.test(answer.headers.get('Content-Type') ?? '')) problem = (await answer.json()) as Problem
  return problemFrom(answer.status, problem)
}

export function problemFrom(status: number, problem: Problem): Error {
  if (status === 401 || problem.code === 'not_authenticated') return new SignInNeededError()
  // A gateway without a server behind it says the same as no answer.
  if (status === 502 || status === 504) return new OfflineError()
  return new ProblemError(problem.code ?? `http_${status}`, status, problem.detail ?? problem.title ?? '', problem)
}
