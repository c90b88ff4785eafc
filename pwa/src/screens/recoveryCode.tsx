// The paper code: shown once. It opens the account again; it decrypts nothing, and we say so.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import type { Server } from '../serverPorts'
import { useAct } from '../shell/load'
import { Button, Problem, Title } from '../shell/parts'
import { Passphrase } from './signIn'

export function RecoveryCode({ server, onDone }: { readonly server: Server; readonly onDone: () => Promise<void> }) {
  const [code, setCode] = useState<string | null>(null)
  return (
    <section>
      <Title>{text('recovery-code')}</Title>
      <p>{text('recovery-code-what')}</p>
      <p class="hint">{text('recovery-code-not')}</p>
      {code === null ? <MakeForm server={server} onMade={setCode} /> : <WriteDown code={code} onDone={onDone} />}
    </section>
  )
}

/** The passphrase once more: a borrowed phone must not be able to make itself a lasting key. */
function MakeForm({ server, onMade }: { readonly server: Server; readonly onMade: (code: string) => void }) {
  const [passphrase, setPassphrase] = useState('')
  const { isBusy, problem, run } = useAct()
  const make = (event: Event) => {
    event.preventDefault()
    void run(async () => onMade(await server.recoveryCode(passphrase)))
  }
  return (
    <form onSubmit={make}>
      <Passphrase value={passphrase} onValue={setPassphrase} />
      <Problem error={problem} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {text('recovery-code-make')}
      </Button>
    </form>
  )
}

function WriteDown({ code, onDone }: { readonly code: string; readonly onDone: () => Promise<void> }) {
  const [isWritten, setWritten] = useState(false)
  const { isBusy, problem, run } = useAct()
  return (
    <>
      <p class="paper-code">{code}</p>
      <label class="tick">
        <input type="checkbox" checked={isWritten} onChange={(event) => setWritten(event.currentTarget.checked)} />
        <span>{text('recovery-code-written')}</span>
      </label>
      <Problem error={problem} />
      <Button look="primary" disabled={!isWritten} isBusy={isBusy} onClick={() => void run(onDone)}>
        {text('continue')}
      </Button>
    </>
  )
}
