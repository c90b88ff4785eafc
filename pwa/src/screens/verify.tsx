// Checks the item again now: digest of the kept bytes, stamp, log. Unknown stays unknown.
import { useState } from 'preact/hooks'
import { has, text } from '../language/language'
import type { Verdict } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct } from '../shell/load'
import { Button, Problem } from '../shell/parts'

export function VerifyButton({ item }: { readonly item: string }) {
  const { server } = useApp()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const { isBusy, problem, run } = useAct()
  return (
    <>
      <Problem error={problem} />
      {verdict !== null && (
        <ul role="status">
          {verdict.checks.map((check) => (
            <li key={check.name}>
              {checkName(check.name)}
              {': '}
              <strong>{text(`check-result-${check.result}`)}</strong>
            </li>
          ))}
        </ul>
      )}
      <Button isBusy={isBusy} onClick={() => void run(async () => setVerdict(await server.verify(item)))}>{text('verify-now')}</Button>
    </>
  )
}

/** `token:embedded` is the check "token" of the source "embedded". */
function checkName(name: string): string {
  const [check = name, source] = name.split(':')
  const words = has(`check-${check}`) ? text(`check-${check}`) : check
  return source === undefined ? words : `${words} · ${source}`
}
