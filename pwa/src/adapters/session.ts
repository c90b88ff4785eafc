// Sign-in by allauth's headless browser API: https://docs.allauth.org/en/latest/headless/openapi-specification/
import { ProblemError } from '../errors'
import type { SignIn } from '../serverPorts'
import { ask, csrfToken, problemFrom } from './http'
import type { Method } from './http'

const ROOT = '/_allauth/browser/v1'

interface AllauthAnswer {
  readonly status: number
  readonly data?: { readonly flows?: readonly { readonly id: string; readonly is_pending?: boolean }[] }
  readonly meta?: { readonly is_authenticated?: boolean }
  readonly errors?: readonly { readonly code: string; readonly message: string; readonly param?: string }[]
}

export const session = {
  /** Signing in always leaves the CSRF cookie: without it nobody is, and no question is needed. */
  standing: async (): Promise<SignIn> => (csrfToken() === '' ? 'nobody' : await step('GET', '/auth/session')),
  signUp: (username: string, password: string) => step('POST', '/auth/signup', { username, password }),
  signIn: (username: string, password: string) => step('POST', '/auth/login', { username, password }),
  secondFactor: (code: string) => step('POST', '/auth/2fa/authenticate', { code }),
  async signOut(): Promise<void> {
    await step('DELETE', '/auth/session')
  },
  /** Before the first POST of somebody who is not signed in. */
  prepare: () => ensureToken(),
}

/** One step of signing in or out: 401 is not a failure here but "not yet, these flows remain". */
async function step(method: Method, path: string, body?: unknown): Promise<SignIn> {
  if (method !== 'GET') await ensureToken()
  const answer = await ask(method, ROOT + path, body)
  if (!/json/.test(answer.headers.get('Content-Type') ?? '')) throw problemFrom(answer.status, {})
  const said = (await answer.json()) as AllauthAnswer
  if (answer.ok) return 'signed_in'
  if (answer.status === 401) return standingOf(said)
  const first = said.errors?.[0]
  throw new ProblemError(first?.code ?? `http_${answer.status}`, answer.status, first?.message ?? '', {
    param: first?.param,
  })
}

function standingOf(said: AllauthAnswer): SignIn {
  const pending = said.data?.flows?.find((flow) => flow.is_pending)
  return pending?.id === 'mfa_authenticate' ? 'second_factor' : 'nobody'
}

/** Any answer of allauth sets the CSRF cookie; without it the first POST would be refused. */
async function ensureToken(): Promise<void> {
  if (csrfToken() === '') await ask('GET', `${ROOT}/config`)
}
