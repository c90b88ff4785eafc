// After the statement: the code to come back with, the receipts, one more picture, erasing all of it.
import { useState } from 'preact/hooks'
import { inGroups } from '../../digest/groups'
import { message } from '../../language/language'
import { fullTime } from '../../language/times'
import type { AnswerStanding, WitnessServer } from '../../serverPorts'
import { useAct } from '../../shell/load'
import { Button, Problem, Title } from '../../shell/parts'
import { sendAll } from './pictures'

interface AnsweredProps {
  readonly server: WitnessServer
  readonly secret: string
  readonly standing: AnswerStanding
  /** Pictures that did not arrive, in words. */
  readonly failed: readonly string[]
  onChanged(standing: AnswerStanding): void
}

export function Answered({ server, secret, standing, failed, onChanged }: AnsweredProps) {
  return (
    <section>
      <Title>{message('witness-sent')}</Title>
      <p>{message('witness-sent-what')}</p>
      {failed.length > 0 && <NotArrived lines={failed} />}
      <div class="card">
        <h2>{message('witness-code-title')}</h2>
        <p class="digest">{secret}</p>
        <p>{message('witness-code-what')}</p>
      </div>
      <Receipts standing={standing} />
      <MorePictures server={server} secret={secret} standing={standing} onChanged={onChanged} />
      <EraseAll server={server} secret={secret} onErased={onChanged} />
    </section>
  )
}

function NotArrived({ lines }: { readonly lines: readonly string[] }) {
  return (
    <div class="notice" role="alert">
      <p>{message('witness-picture-failed')}</p>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}

function Receipts({ standing }: { readonly standing: AnswerStanding }) {
  const save = () => {
    const file = new Blob([JSON.stringify(standing.receipts, null, 1)], { type: 'application/json' })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(file)
    link.download = 'receipts.json'
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <>
      <h2>{message('witness-receipts')}</h2>
      <ul class="lines">
        {standing.receipts.map(({ part, receipt }) => (
          <li key={receipt.item} class="line">
            <p class="name">{message(`witness-part-${part}`)}</p>
            <p class="hint">{message('witness-received', { at: fullTime(receipt.received_at) })}</p>
            <p class="digest">{inGroups(receipt.sha256)}</p>
          </li>
        ))}
      </ul>
      <Button onClick={save}>{message('witness-save-receipts')}</Button>
    </>
  )
}

type MoreProps = Omit<AnsweredProps, 'failed'>

function MorePictures({ server, secret, standing, onChanged }: MoreProps) {
  const { isBusy, problem, run } = useAct()
  const [failed, setFailed] = useState<readonly string[]>([])
  const isOver = standing.is_revoked || Date.parse(standing.expires_at) <= Date.now()
  if (isOver) return <p class="hint">{message('witness-ended-note')}</p>
  if (standing.pictures_left === 0) return null
  const picked = (event: Event & { readonly currentTarget: HTMLInputElement }) => {
    const files = [...(event.currentTarget.files ?? [])].slice(0, standing.pictures_left)
    void run(async () => {
      setFailed(await sendAll(server, secret, files))
      onChanged(await server.standing(secret))
    })
  }
  return (
    <>
      <Problem error={problem} />
      {failed.length > 0 && <NotArrived lines={failed} />}
      <input id="more" class="picker" type="file" accept="image/*" multiple disabled={isBusy} onChange={picked} />
      <label class="button plain" for="more" aria-disabled={isBusy}>
        {message('witness-add-picture')}
      </label>
    </>
  )
}

interface EraseProps {
  readonly server: WitnessServer
  readonly secret: string
  onErased(standing: AnswerStanding): void
}

function EraseAll({ server, secret, onErased }: EraseProps) {
  const [isSure, setSure] = useState(false)
  const { isBusy, problem, run } = useAct()
  const erase = () =>
    void run(async () => {
      await server.erase(secret)
      onErased(await server.standing(secret))
    })
  return (
    <details class="card">
      <summary>{message('witness-erase-title')}</summary>
      <p>{message('witness-erase-what')}</p>
      <label class="tick">
        <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.currentTarget.checked)} />
        <span>{message('witness-erase-sure')}</span>
      </label>
      <Problem error={problem} />
      <Button disabled={!isSure} isBusy={isBusy} onClick={erase}>
        {message('witness-erase')}
      </Button>
    </details>
  )
}
