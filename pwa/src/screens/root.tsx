// From nobody to a signed-in person who has consented; then the app.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { OfflineError } from '../errors'
import { language, onLanguage, speak } from '../language/language'
import type { Language } from '../language/language'
import { Outbox } from '../outbox/outbox'
import type { Clock } from '../outbox/outbox'
import type { OutboxStore, Transport } from '../ports'
import type { Me, Server } from '../serverPorts'
import { lazily } from '../shell/lazy'
import { Busy, Problem } from '../shell/parts'
import { forget, remember, remembered } from '../shell/person'
import type { Person } from '../shell/person'
import { Home } from './home'

const Gate = lazily(async () => (await import('./gate')).Gate)

interface Parts {
  readonly server: Server
  readonly store: OutboxStore
  readonly transport: Transport
  readonly clock: Clock
}

type Standing = { readonly at: 'asking' } | { readonly at: 'gate' } | { readonly at: 'home'; readonly person: Person }

export function Root(parts: Parts) {
  const [standing, setStanding] = useState<Standing>({ at: 'asking' })
  const [problem, setProblem] = useState<unknown>(null)
  const [, setSpoken] = useState(language())
  useEffect(() => onLanguage(() => setSpoken(language())), [])

  const ask = () => {
    setProblem(null)
    standingOf(parts.server).then(setStanding, setProblem)
  }
  useEffect(ask, [])

  const enter = (person: Person) => {
    remember(person)
    setStanding({ at: 'home', person })
  }
  if (problem !== null) return <Problem error={problem} again={ask} />
  if (standing.at === 'asking') return <Busy />
  if (standing.at === 'gate') return <Gate key={language()} server={parts.server} onEntered={enter} />
  return <SignedIn key={standing.person.id + language()} {...parts} person={standing.person} onLeft={() => setStanding({ at: 'gate' })} />
}

/** Offline, the person whom this phone remembers goes on; the server is asked again when it is there. */
async function standingOf(server: Server): Promise<Standing> {
  const person = remembered()
  try {
    if ((await server.standing()) !== 'signed_in') return { at: 'gate' }
    const me = await server.me()
    await takeLanguage(me)
    if (person === null || person.id !== me.id) return { at: 'gate' }
    return { at: 'home', person }
  } catch (error) {
    if (error instanceof OfflineError && person !== null) return { at: 'home', person }
    throw error
  }
}

async function takeLanguage(me: Me): Promise<void> {
  const chosen: Language = me.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
  if (localStorage.getItem('language') === null && chosen !== language()) await speak(chosen)
}

function SignedIn({ person, onLeft, ...parts }: Parts & { readonly person: Person; readonly onLeft: () => void }) {
  const outbox = useMemo(
    () => new Outbox(person.id, parts.store, parts.transport, parts.clock, onLeft),
    [person.id],
  )
  useEffect(() => {
    const wake = () => void outbox.start()
    wake()
    window.addEventListener('online', wake)
    return () => {
      window.removeEventListener('online', wake)
      outbox.stop()
    }
  }, [outbox])

  const signOut = async () => {
    await parts.server.signOut()
    forget()
    sessionStorage.clear()
    onLeft()
  }
  return <Home server={parts.server} store={parts.store} outbox={outbox} person={person} signOut={signOut} signInAgain={onLeft} />
}
