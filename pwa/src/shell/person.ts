// Who is signed in, remembered on the phone so that choosing and drafting work without a network.

export interface Person {
  readonly id: string
  readonly username: string
  readonly case: string
  readonly isSample: boolean
}

const KEPT_AS = 'person'

export function remembered(): Person | null {
  const kept = localStorage.getItem(KEPT_AS)
  return kept === null ? null : (JSON.parse(kept) as Person)
}

export function remember(person: Person): void {
  localStorage.setItem(KEPT_AS, JSON.stringify(person))
}

export function forget(): void {
  localStorage.removeItem(KEPT_AS)
}
