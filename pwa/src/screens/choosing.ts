// What a person wants of an export, as values: no screen, no server.
import type { Conversation, Wanted } from '../serverPorts'

export const NOTHING: Wanted = { everything: false, conversations: [], numbers: [], files: [], since: null, until: null }
export const EVERYTHING: Wanted = { ...NOTHING, everything: true }

/** The same without this one, or with it; a choice by name is not "everything" any more. */
export function toggled(wanted: Wanted, list: 'conversations' | 'numbers' | 'files', key: string): Wanted {
  const before = wanted[list]
  const after = before.includes(key) ? before.filter((one) => one !== key) : [...before, key]
  return { ...wanted, everything: list === 'files' && wanted.everything, [list]: after }
}

export function isEmpty({ everything, conversations, numbers, files }: Wanted): boolean {
  return !everything && conversations.length + numbers.length + files.length === 0
}

/** How many conversations are chosen. */
export function countOf(wanted: Wanted, all: readonly Conversation[]): number {
  return wanted.everything ? all.length : wanted.conversations.length
}
