// Where in the app we are. Never an address: the browser's history holds one entry and no ids.

import type { LegalName } from '../serverPorts'

export type Place =
  | { readonly name: 'collect' }
  | { readonly name: 'timeline' }
  | { readonly name: 'numbers' }
  | { readonly name: 'item'; readonly id: string; readonly record?: string }
  | { readonly name: 'choose'; readonly id: string }
  | { readonly name: 'complaint' }
  | { readonly name: 'addressees' }
  | { readonly name: 'interview'; readonly id: string; readonly step?: number }
  | { readonly name: 'package'; readonly id: string }
  | { readonly name: 'filed'; readonly id: string }
  | { readonly name: 'redact'; readonly id: string; readonly exhibit: string }
  | { readonly name: 'witnesses' }
  | { readonly name: 'me' }
  | { readonly name: 'legal'; readonly text: LegalName }

export type Tab = 'collect' | 'timeline' | 'complaint' | 'me'

const KEPT_AS = 'place'
const TABS: Readonly<Record<Place['name'], Tab>> = {
  collect: 'collect',
  timeline: 'timeline',
  numbers: 'timeline',
  item: 'timeline',
  choose: 'collect',
  complaint: 'complaint',
  addressees: 'complaint',
  interview: 'complaint',
  package: 'complaint',
  filed: 'complaint',
  redact: 'complaint',
  witnesses: 'complaint',
  me: 'me',
  legal: 'me',
}

export function tabOf(place: Place): Tab {
  return TABS[place.name]
}

/** The place of before a reload; gone when the tab is closed. */
export function lastPlace(): Place {
  const kept = sessionStorage.getItem(KEPT_AS)
  return kept === null ? { name: 'collect' } : (JSON.parse(kept) as Place)
}

export function keepPlace(place: Place): void {
  sessionStorage.setItem(KEPT_AS, JSON.stringify(place))
}

/** Replaces the page by a neutral one of our own: it is there without a network, and "back" leads nowhere. */
export function quickExit(): void {
  sessionStorage.clear()
  location.replace('/neutral.html')
}
