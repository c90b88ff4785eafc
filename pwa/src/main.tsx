// Wires the client: the only file that knows which adapter stands behind which port.
import { render } from 'preact'
import { openStore } from './adapters/indexedStore'
import { server } from './adapters/server'
import { transport } from './adapters/transport'
import { witnessServer } from './adapters/witnessServer'
import { learn, preferred, speak } from './language/language'
import { Root } from './screens/root'
import { lazily } from './shell/lazy'
import './style/base.css'
import './style/parts.css'
import './style/screens.css'

/** A third person's address: what follows the mark is theirs and goes to no server by itself. */
const WITNESS = /^#witness(?:=(.*))?$/

const WitnessPage = lazily(async () => {
  await learn('witness')
  return (await import('./screens/witness/page')).WitnessPage
})

const clock = {
  after(ms: number, ring: () => void): () => void {
    const timer = setTimeout(ring, ms)
    return () => clearTimeout(timer)
  },
}

async function start(): Promise<void> {
  const [store] = await Promise.all([openStore(), speak(preferred())])
  const page = document.getElementById('app')
  if (page === null) throw new Error('index.html has no #app')
  const witness = WITNESS.exec(location.hash)
  render(
    witness === null ? (
      <Root server={server} store={store} transport={transport} clock={clock} />
    ) : (
      <WitnessPage server={witnessServer} token={witness[1] ?? ''} />
    ),
    page,
  )
  if ('serviceWorker' in navigator) await navigator.serviceWorker.register('/serviceWorker.js')
}

void start()
