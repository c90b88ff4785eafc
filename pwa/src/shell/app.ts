// What every screen may reach: the server, the phone's store, the outbox, where we are.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Outbox } from '../outbox/outbox'
import type { OutboxStore } from '../ports'
import type { Server } from '../serverPorts'
import type { Person } from './person'
import type { Place } from './places'

export interface App {
  readonly server: Server
  readonly store: OutboxStore
  readonly outbox: Outbox
  readonly person: Person
  readonly place: Place
  go(place: Place): void
  back(): void
  signOut(): Promise<void>
  /** Asks for the passphrase again when the session has ended. */
  signInAgain(): void
}

export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = useContext(AppContext)
  if (app === null) throw new Error('a screen outside the app')
  return app
}
