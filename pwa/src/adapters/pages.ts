// Lists come in pages by cursor, or whole.
import type { Page } from '../serverPorts'
import { call } from './http'

/** All pages of a list, or a list that comes whole. */
export async function listOf<T>(path: string): Promise<readonly T[]> {
  const found: T[] = []
  let next: string | null = path
  while (next !== null) {
    const page: Page<T> | readonly T[] = await call('GET', samePath(next))
    if (isWhole(page)) return [...found, ...page]
    found.push(...page.results)
    next = page.next ?? null
  }
  return found
}

function isWhole<T>(page: Page<T> | readonly T[]): page is readonly T[] {
  return Array.isArray(page)
}

/** `next` is absolute and may name another host than the one this page came from (a proxy). */
export function samePath(url: string): string {
  const { pathname, search } = new URL(url, location.origin)
  return pathname + search
}
