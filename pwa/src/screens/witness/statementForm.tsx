// The few questions, in the person's own words; who may get it; their own pictures.
import { useEffect, useState } from 'preact/hooks'
import { language, message } from '../../language/language'
import { CHANNELS, DESKS, RELATIONS, WISHES, YES_NO, YES_NO_UNSURE } from '../../serverPorts'
import type { AnswerStanding, Statement, WitnessServer } from '../../serverPorts'
import { useAct } from '../../shell/load'
import { Button, Field, Problem, Title } from '../../shell/parts'
import { sendAll } from './pictures'

const MAX_PICTURES = 5
const KEPT_AS = 'witness-draft'
const CODED = { relation: RELATIONS, guarantor: YES_NO_UNSURE, channel: CHANNELS } as const
const AFTERWARDS = { told_of_debt: YES_NO_UNSURE, asked_to_stop: YES_NO } as const

/** Everything as text while it is written; "" is not chosen yet. */
type Writing = Readonly<Record<string, string>>

interface FormProps {
  readonly server: WitnessServer
  readonly secret: string
  onAnswered(standing: AnswerStanding, notArrived: readonly string[]): void
}

export function StatementForm({ server, secret, onAnswered }: FormProps) {
  const [writing, setWriting] = useState<Writing>(draft)
  const [agrees, setAgrees] = useState(false)
  const [pictures, setPictures] = useState<readonly File[]>([])
  const { isBusy, problem, run } = useAct()
  useEffect(() => sessionStorage.setItem(KEPT_AS, JSON.stringify(writing)), [writing])

  const of = (name: string) => writing[name] ?? ''
  const set = (name: string) => (value: string) => setWriting((before) => ({ ...before, [name]: value }))
  const isNamed = DESKS.some((desk) => of(desk) === 'named')
  const needed = [...Object.keys(CODED), ...Object.keys(AFTERWARDS), ...DESKS, 'when', 'said', 'may_be_asked', ...(isNamed ? ['name'] : [])]
  const isWhole = agrees && needed.every((name) => of(name).trim() !== '')

  const send = (event: Event) => {
    event.preventDefault()
    void run(async () => {
      await server.state(secret, statementOf(writing, agrees))
      sessionStorage.removeItem(KEPT_AS)
      const failed = await sendAll(server, secret, pictures)
      onAnswered(await server.standing(secret), failed)
    })
  }
  return (
    <form onSubmit={send}>
      <Title>{message('witness-part-statement')}</Title>
      <p>{message('witness-own-words')}</p>
      {Object.entries(CODED).map(([name, options]) => (
        <Choice key={name} name={name} options={options} value={of(name)} onValue={set(name)} />
      ))}
      <Line name="when" value={of('when')} onValue={set('when')} max={100} hint={message('witness-when-hint')} />
      <Line name="number" value={of('number')} onValue={set('number')} max={60} hint={message('witness-optional')} />
      <Line name="who" value={of('who')} onValue={set('who')} max={200} hint={message('witness-optional')} />
      <Text name="said" value={of('said')} onValue={set('said')} max={4000} hint={message('witness-said-hint')} />
      {Object.entries(AFTERWARDS).map(([name, options]) => (
        <Choice key={name} name={name} options={options} value={of(name)} onValue={set(name)} />
      ))}
      <Text name="after" value={of('after')} onValue={set('after')} max={2000} hint={message('witness-optional')} />

      <h2>{message('witness-wishes')}</h2>
      <p>{message('witness-wishes-hint')}</p>
      {DESKS.map((desk) => (
        <Field key={desk} id={desk} label={message(`witness-desk-${desk}`)}>
          <Select id={desk} value={of(desk)} onValue={set(desk)} options={WISHES.map((wish) => [wish, message(`witness-wish-${wish}`)])} />
        </Field>
      ))}
      {isNamed ? <p class="notice">{message('witness-named-seen')}</p> : <p class="hint">{message('witness-masked-hint')}</p>}
      {isNamed && <Line name="name" value={of('name')} onValue={set('name')} max={60} />}
      {isNamed && <Line name="phone" value={of('phone')} onValue={set('phone')} max={30} hint={message('witness-optional')} />}
      <Choice name="may_be_asked" options={YES_NO} value={of('may_be_asked')} onValue={set('may_be_asked')} />

      <Pictures chosen={pictures} onChosen={setPictures} />
      <p>{message('witness-terms-1')}</p>
      <label class="tick">
        <input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.currentTarget.checked)} />
        <span>{message('witness-agree')}</span>
      </label>
      <Problem error={problem} />
      <Button type="submit" look="primary" disabled={!isWhole} isBusy={isBusy}>
        {message('witness-send')}
      </Button>
    </form>
  )
}

/** What was written before a reload; gone when the tab is closed, or by quick exit. */
function draft(): Writing {
  const kept = sessionStorage.getItem(KEPT_AS)
  return kept === null ? {} : (JSON.parse(kept) as Writing)
}

/** The choices were offered from the very lists that the types name. */
function statementOf(writing: Writing, agrees: boolean): Statement {
  const texts = ['when', 'number', 'who', 'said', 'after', 'name', 'phone']
  const words = Object.fromEntries(texts.map((name) => [name, (writing[name] ?? '').trim()]))
  const consents = Object.fromEntries(DESKS.map((desk) => [desk, writing[desk]]))
  const chosen = [...Object.keys(CODED), ...Object.keys(AFTERWARDS), 'may_be_asked']
  const codes = Object.fromEntries(chosen.map((name) => [name, writing[name]]))
  return { ...words, ...codes, consents, agrees, language: language() } as unknown as Statement
}

interface InputProps {
  readonly name: string
  readonly value: string
  onValue(value: string): void
}

function Choice({ name, value, onValue, options }: InputProps & { readonly options: readonly string[] }) {
  return (
    <Field id={name} label={message(`witness-q-${name}`)}>
      <Select id={name} value={value} onValue={onValue} options={options.map((one) => [one, message(`witness-${name}-${one}`)])} />
    </Field>
  )
}

interface SelectProps {
  readonly id: string
  readonly value: string
  readonly options: readonly (readonly [string, string])[]
  onValue(value: string): void
}

function Select({ id, value, options, onValue }: SelectProps) {
  return (
    <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
      <option value="">{message('witness-choose')}</option>
      {options.map(([code, label]) => (
        <option key={code} value={code}>
          {label}
        </option>
      ))}
    </select>
  )
}

interface WordsProps extends InputProps {
  readonly max: number
  readonly hint?: string
}

function Line({ name, value, onValue, max, hint }: WordsProps) {
  return (
    <Field id={name} label={message(`witness-q-${name}`)} hint={hint}>
      <input id={name} value={value} maxLength={max} autocomplete="off" aria-describedby={hint && `${name}-hint`} onInput={(event) => onValue(event.currentTarget.value)} />
    </Field>
  )
}

function Text({ name, value, onValue, max, hint }: WordsProps) {
  return (
    <Field id={name} label={message(`witness-q-${name}`)} hint={hint}>
      <textarea id={name} value={value} maxLength={max} aria-describedby={hint && `${name}-hint`} onInput={(event) => onValue(event.currentTarget.value)} />
    </Field>
  )
}

interface PicturesProps {
  readonly chosen: readonly File[]
  onChosen(pictures: readonly File[]): void
}

function Pictures({ chosen, onChosen }: PicturesProps) {
  const picked = (event: Event & { readonly currentTarget: HTMLInputElement }) =>
    onChosen([...(event.currentTarget.files ?? [])].slice(0, MAX_PICTURES))
  return (
    <>
      <p class="hint">{message('witness-pictures-hint')}</p>
      <input id="pictures" class="picker" type="file" accept="image/*" multiple onChange={picked} />
      <label class="button plain" for="pictures">
        {message('witness-pictures')}
      </label>
      <ul class="lines">
        {chosen.map((file) => (
          <li key={file.name} class="line">{file.name}</li>
        ))}
      </ul>
    </>
  )
}
