// What the person hands over besides the records they confirmed: contract, costs, answers, identity.
import { useState } from 'preact/hooks'
import { text } from '../../language/language'
import { GROUPS } from '../../serverPorts'
import type { Complaint, ExhibitGroup, Item } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Button, Field, Problem } from '../../shell/parts'
import { FilePicker } from './filePicker'

interface OwnExhibitsProps {
  readonly id: string
  /** The list of exhibits changed: what else the screen shows of it is loaded anew. */
  readonly onChanged: () => void
}

export function OwnExhibits({ id, onChanged }: OwnExhibitsProps) {
  const { server } = useApp()
  const complaint = useLoad(() => server.complaints.get(id), [id])
  const [isAdding, setAdding] = useState(false)
  if (complaint.problem !== undefined) return <Problem error={complaint.problem} again={complaint.again} />
  if (complaint.value?.finished_at !== null) return null
  const keep = (changed: Complaint) => {
    complaint.set(changed)
    setAdding(false)
    onChanged()
  }
  const added = complaint.value.exhibits.filter((one) => one.purpose !== '')
  return (
    <div class="card">
      <h2>{text('own-exhibits')}</h2>
      <p>{text('own-exhibits-what')}</p>
      <ul class="lines">
        {added.map(({ number, purpose }) => (
          <li class="line" key={number}>
            <p>{text('own-exhibit', { number, purpose })}</p>
            <Drop id={id} number={number} onKept={keep} />
          </li>
        ))}
      </ul>
      {isAdding ? <Add complaint={complaint.value} onKept={keep} /> : <Button onClick={() => setAdding(true)}>{text('own-exhibit-add')}</Button>}
    </div>
  )
}

interface DropProps {
  readonly id: string
  readonly number: string
  readonly onKept: (changed: Complaint) => void
}

function Drop({ id, number, onKept }: DropProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const drop = () => run(async () => onKept(await server.complaints.dropExhibit(id, number)))
  return (
    <>
      <Problem error={problem} />
      <Button look="quiet" isBusy={isBusy} onClick={() => void drop()}>{text('own-exhibit-drop', { number })}</Button>
    </>
  )
}

interface AddProps {
  readonly complaint: Complaint
  readonly onKept: (changed: Complaint) => void
}

function Add({ complaint, onKept }: AddProps) {
  const { server } = useApp()
  const [group, setGroup] = useState<ExhibitGroup>('F')
  const [item, setItem] = useState('')
  const [brought, setBrought] = useState<string | null>(null)
  const [isWaiting, setWaiting] = useState(false)
  /** The person's own words; null: the group's usual ones still stand there. */
  const [said, setSaid] = useState<string | null>(null)
  const { isBusy, problem, run } = useAct()
  const purpose = said ?? text(`exhibit-purpose-${group}`)
  const chosen = brought ?? item
  const add = (event: Event) => {
    event.preventDefault()
    void run(async () => onKept(await server.complaints.addExhibit(complaint.id, { item: chosen, group, purpose })))
  }
  return (
    <form onSubmit={add}>
      <fieldset>
        <legend>{text('own-exhibit-group')}</legend>
        {GROUPS.map((one) => (
          <label class="tick" key={one}>
            <input type="radio" name="exhibit-group" value={one} checked={one === group} onChange={() => setGroup(one)} />
            <span>
              {text(`exhibit-group-${one}`)}
              <br />
              <span class="hint">{text(`exhibit-group-${one}-hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {group === 'F' && <p class="notice">{text('own-exhibit-identity')}</p>}
      {brought === null && <Kept complaint={complaint} item={item} onItem={setItem} />}
      <FilePicker id="exhibit-file" choose={text('own-exhibit-choose')} how={text('own-exhibit-how')} onItem={setBrought} onWaiting={setWaiting} />
      <Field id="exhibit-purpose" label={text('own-exhibit-purpose')} hint={text('own-exhibit-purpose-hint')}>
        <textarea id="exhibit-purpose" rows={3} maxLength={500} required value={purpose} aria-describedby="exhibit-purpose-hint" onInput={(event) => setSaid(event.currentTarget.value)} />
      </Field>
      <Problem error={problem} />
      <Button type="submit" isBusy={isBusy} disabled={isWaiting || chosen === '' || purpose.trim() === ''}>{text('own-exhibit-do')}</Button>
    </form>
  )
}

interface KeptProps {
  readonly complaint: Complaint
  readonly item: string
  readonly onItem: (item: string) => void
}

/** Files that lie here already and have no number in this complaint. */
function Kept({ complaint, item, onItem }: KeptProps) {
  const { server } = useApp()
  const items = useLoad(() => server.items(complaint.case), [complaint.case])
  const numbered = new Set(complaint.exhibits.map((one) => one.item))
  const offered = (items.value ?? []).filter((one) => isOwn(one) && !numbered.has(one.id))
  return (
    <>
      <Problem error={items.problem} again={items.again} />
      {offered.length > 0 && (
        <Field id="exhibit-item" label={text('own-exhibit-item')}>
          <select id="exhibit-item" value={item} onChange={(event) => onItem(event.currentTarget.value)}>
            <option value="">{text('own-exhibit-none')}</option>
            {offered.map((one) => <option key={one.id} value={one.id}>{one.file_name === '' ? text(`kind-${one.kind}`) : one.file_name}</option>)}
          </select>
        </Field>
      )}
    </>
  )
}

/** What the person brought: not a third person's, nothing that we made. */
function isOwn({ origin }: Item): boolean {
  return origin === 'upload' || origin === 'extracted'
}
