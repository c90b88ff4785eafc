// The typed way to the API: paths and shapes come from docs/openapi.json (`npm run types`), so that a
// change of the server's answers is a type error here and not a blank screen on a phone.
import createClient from 'openapi-fetch'
import { OfflineError } from '../errors'
import { headersFor, problemFrom } from './http'
import type { Method, Problem } from './http'
import type { paths } from './schema'

export const client = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin', cache: 'no-store' })

client.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(headersFor(request.method as Method))) request.headers.set(name, value)
    return request
  },
  onError: () => new OfflineError(),
})

interface Answered<T> {
  readonly data?: T
  readonly error?: unknown
  readonly response: Response
}

/** An answer leaves no field out; the schema calls those optional that a request may leave out. */
type Whole<T> = T extends readonly (infer One)[]
  ? Whole<One>[]
  : T extends object
    ? { [Name in keyof T]-?: Whole<Exclude<T[Name], undefined>> }
    : T

/** The body of a good answer; anything else becomes a named error. */
export async function good<T>(asked: Promise<Answered<T>>): Promise<Whole<T>> {
  const { data, error, response } = await asked
  if (!response.ok) throw problemFrom(response.status, isProblem(error) ? error : {})
  return data as Whole<T>
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null
}
