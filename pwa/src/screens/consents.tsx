// What was consented to, and taking it back; what was done before stays lawful and recorded.
import { text } from '../language/language'
import type { ConsentPurpose } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Button, Problem } from '../shell/parts'

export function Consents() {
  const { server } = useApp()
  const purposes = useLoad(() => server.consents(), [])
  return (
    <details class="card">
      <summary>{text('consent')}</summary>
      <Problem error={purposes.problem} again={purposes.again} />
      {purposes.value?.map((purpose) => <PurposeLine key={purpose.purpose} purpose={purpose} onChanged={purposes.again} />)}
    </details>
  )
}

function PurposeLine({ purpose, onChanged }: { readonly purpose: ConsentPurpose; readonly onChanged: () => void }) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const change = () =>
    run(async () => {
      if (purpose.given) await server.withdraw(purpose.purpose)
      else await server.consent([purpose.purpose], purpose.version)
      onChanged()
    })
  return (
    <div>
      <h3>{purpose.title}</h3>
      <p class="hint">{text(purpose.given ? 'consent-given' : 'consent-not-given')}</p>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void change()}>{text(purpose.given ? 'consent-withdraw' : 'consent-give-one')}</Button>
    </div>
  )
}
