// The signed-in app: where we are, and the screen for it. Only "collect" comes with the first load.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { sharedFiles } from '../capture/shared'
import type { SharedFile } from '../capture/shared'
import { learn } from '../language/language'
import { AppContext } from '../shell/app'
import type { App } from '../shell/app'
import { Frame } from '../shell/frame'
import { lazily } from '../shell/lazy'
import { keepPlace, lastPlace, quickExit } from '../shell/places'
import type { Place } from '../shell/places'
import { Collect } from './collect'

const AddSheet = lazily(async () => (await import('./addSheet')).AddSheet)
const Timeline = lazily(async () => (await import('./timeline')).Timeline)
const Numbers = lazily(async () => (await import('./numbers')).Numbers)
const ItemScreen = lazily(async () => {
  await learn('formats')
  return (await import('./item')).ItemScreen
})
const Choose = lazily(async () => (await import('./choose')).Choose)
const Complaints = lazily(async () => (await import('./complaint/complaints')).Complaints)
const Addressees = lazily(async () => {
  await learn('complaints')
  return (await import('./complaint/addressees')).Addressees
})
const Interview = lazily(async () => {
  await learn('complaints')
  return (await import('./complaint/interview')).Interview
})
const PackageScreen = lazily(async () => {
  await learn('complaints')
  return (await import('./complaint/package')).PackageScreen
})
const Filed = lazily(async () => {
  await learn('complaints')
  return (await import('./complaint/filed')).Filed
})
const RedactScreen = lazily(async () => {
  await learn('complaints')
  return (await import('./complaint/redact')).RedactScreen
})
const Witnesses = lazily(async () => {
  await learn('witness')
  return (await import('./complaint/witnesses')).Witnesses
})
const MeScreen = lazily(async () => (await import('./me')).MeScreen)
const Legal = lazily(async () => (await import('./legal')).Legal)

type HomeProps = Omit<App, 'place' | 'go' | 'back'>

export function Home(props: HomeProps) {
  const [places, setPlaces] = useState<readonly Place[]>(() => [lastPlace()])
  const [isAdding, setAdding] = useState(false)
  const [shared, setShared] = useShared()
  const place = places[places.length - 1] ?? { name: 'collect' }

  useEffect(() => {
    keepPlace(place)
    window.scrollTo(0, 0)
  }, [place])
  useQuickExitKey()

  const app = useMemo<App>(
    () => ({
      ...props,
      place,
      go: (next) => setPlaces((before) => [...before.slice(-20), next]),
      back: () => setPlaces((before) => (before.length > 1 ? before.slice(0, -1) : [{ name: 'collect' }])),
    }),
    [props.outbox, place],
  )
  return (
    <AppContext.Provider value={app}>
      <Frame onAdd={() => setAdding(true)}>{screenOf(place, () => setAdding(true))}</Frame>
      {isAdding && <AddSheet shared={null} onClose={() => setAdding(false)} />}
      {!isAdding && shared.length > 0 && <AddSheet shared={shared} onClose={() => setShared([])} />}
    </AppContext.Provider>
  )
}

function screenOf(place: Place, onAdd: () => void) {
  switch (place.name) {
    case 'collect':
      return <Collect onAdd={onAdd} />
    case 'timeline':
      return <Timeline />
    case 'numbers':
      return <Numbers />
    case 'item':
      return <ItemScreen key={place.id} id={place.id} record={place.record ?? null} />
    case 'choose':
      return <Choose key={place.id} id={place.id} />
    case 'complaint':
      return <Complaints />
    case 'addressees':
      return <Addressees />
    case 'interview':
      return <Interview key={place.id} id={place.id} first={place.step ?? 0} />
    case 'package':
      return <PackageScreen key={place.id} id={place.id} />
    case 'filed':
      return <Filed key={place.id} id={place.id} />
    case 'redact':
      return <RedactScreen key={place.exhibit} id={place.id} exhibit={place.exhibit} />
    case 'witnesses':
      return <Witnesses />
    case 'me':
      return <MeScreen />
    case 'legal':
      return <Legal name={place.text} />
  }
}

/** Files that another app shared with us while we were closed. */
function useShared() {
  const [shared, setShared] = useState<readonly SharedFile[]>([])
  useEffect(() => {
    // A browser that keeps no cache for us has no share sheet for us either.
    sharedFiles().then(setShared, () => undefined)
  }, [])
  return [shared, setShared] as const
}

/** Escape, three times within two seconds: a way out that needs no aim. */
function useQuickExitKey(): void {
  useEffect(() => {
    let presses: number[] = []
    const onKey = ({ key, timeStamp }: KeyboardEvent) => {
      if (key !== 'Escape') return
      presses = [...presses.filter((at) => timeStamp - at < 2000), timeStamp]
      if (presses.length >= 3) quickExit()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
