// Wires the client: the only file that knows which adapter stands behind which port.
import { render } from 'preact'
import { openStore } from './adapters/indexedStore'
import { server } from './adapters/server'
import { transport } from './adapters/transport'
import { preferred, speak } from './language/language'
import { Root } from './screens/root'
import './style/base.css'
import './style/parts.css'
import './style/screens.css'

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
  render(<Root server={server} store={store} transport={transport} clock={clock} />, page)
  if ('serviceWorker' in navigator) await navigator.serviceWorker.register('/serviceWorker.js')
}

void start()
