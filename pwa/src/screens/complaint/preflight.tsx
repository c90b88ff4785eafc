// What would make the desk bounce it, and how to mend each.
import { hasMessage, message, text } from '../../language/language'
import type { Preflight as Found } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useLoad } from '../../shell/load'
import { Busy, Button, Problem } from '../../shell/parts'

export function Preflight({ id }: { readonly id: string }) {
  const { server, go } = useApp()
  const found = useLoad(() => server.complaints.preflight(id), [id])
  return (
    <div class="card">
      <h2>{text('preflight')}</h2>
      <Problem error={found.problem} again={found.again} />
      {found.value === undefined && found.isBusy && <Busy />}
      {found.value?.bounces.length === 0 && <p>{text('preflight-clear')}</p>}
      <ul class="lines">
        {found.value?.bounces.map((bounce) => <Bounce key={bounce.code} bounce={bounce} />)}
      </ul>
      <Button onClick={() => go({ name: 'interview', id })}>{text('preflight-answer')}</Button>
    </div>
  )
}

function Bounce({ bounce }: { readonly bounce: Found['bounces'][number] }) {
  const mend = `preflight-${bounce.code}-mend`
  return (
    <li class="line">
      <p>
        <strong>{text(bounce.is_blocking ? 'preflight-stop' : 'preflight-warn')}</strong>{' '}
        {message(`preflight-${bounce.code}`)}
      </p>
      {hasMessage(mend) && <p class="hint">{message(mend)}</p>}
    </li>
  )
}
