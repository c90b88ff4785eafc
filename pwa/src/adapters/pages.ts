// Lists that come in pages: the server names the next page by an address, we keep its cursor only,
// because that address may name another host than the one this page came from (a proxy).
import type { Page } from '../serverPorts'

export interface Cursor {
  readonly cursor?: string
}

export function cursorOf(next: string | null | undefined): Cursor {
  if (next === null || next === undefined) return {}
  const cursor = new URL(next, location.origin).searchParams.get('cursor')
  return cursor === null ? {} : { cursor }
}

/** All pages, one after another. */
export async function everyPage<T>(ask: (cursor: Cursor) => Promise<Page<T>>): Promise<readonly T[]> {
  const found: T[] = []
  let cursor: Cursor = {}
  do {
    const page = await ask(cursor)
    found.push(...page.results)
    cursor = cursorOf(page.next)
  } while (cursor.cursor !== undefined)
  return found
}
