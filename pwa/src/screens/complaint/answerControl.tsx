// The control for one kind of question; kinds are those of complaints/interview/answers.py.
import { message, text } from '../../language/language'
import { Button, Field } from '../../shell/parts'
import type { Question } from './questions'

interface ControlProps {
  readonly id: string
  readonly question: Question
  readonly value: unknown
  readonly onValue: (value: unknown) => void
  /** Set inside a list entry, where the heading does not name the control. */
  readonly isLabelled?: boolean
}

export function AnswerControl(props: ControlProps) {
  switch (props.question.kind) {
    case 'yes_no':
      return <OneOf {...props} options={[[true, text('yes')], [false, text('no')], [null, text('do-not-say')]]} />
    case 'choice':
      return <OneOf {...props} options={[...named(props.question), [null, text('do-not-say')]]} />
    case 'choices':
      return <AnyOf {...props} />
    case 'list':
      return <Entries {...props} />
    case 'texts':
      return <Written {...props} isLong fromText={(words) => words.split('\n').map((line) => line.trim()).filter((line) => line !== '')} />
    case 'count':
      return <Written {...props} fromText={(words) => (words === '' ? null : Number(words))} />
    case 'long_text':
      return <Written {...props} isLong fromText={(words) => words} />
    default:
      return <Written {...props} fromText={(words) => words} />
  }
}

function named({ options = [] }: Question): [string, string][] {
  return options.map((option) => [option, message(`interview-option-${option}`)])
}

interface WrittenProps extends ControlProps {
  readonly isLong?: boolean
  readonly fromText: (words: string) => unknown
}

function Written({ id, question, value, onValue, isLong = false, isLabelled = true, fromText }: WrittenProps) {
  const words = Array.isArray(value) ? value.join('\n') : value === undefined || value === null ? '' : String(value)
  const common = {
    id,
    value: words,
    maxLength: question.kind === 'texts' ? undefined : question.max_length,
    autocomplete: 'off' as const,
    'aria-labelledby': isLabelled ? 'question' : undefined,
    onInput: (event: Event & { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      onValue(fromText(event.currentTarget.value)),
  }
  return (
    <div class="field">
      {isLong ? <textarea {...common} rows={6} /> : <input {...common} {...inputFor(question.kind)} />}
    </div>
  )
}

function inputFor(kind: string) {
  if (kind === 'date') return { type: 'date' } as const
  if (kind === 'money') return { type: 'text', inputMode: 'decimal', pattern: '[0-9]{1,12}([.][0-9]{1,2})?' } as const
  if (kind === 'count') return { type: 'text', inputMode: 'numeric', pattern: '[0-9]*' } as const
  return { type: 'text' } as const
}

function OneOf({ id, value, onValue, options }: ControlProps & { readonly options: readonly (readonly [unknown, string])[] }) {
  return (
    <fieldset aria-labelledby="question">
      {options.map(([option, name]) => (
        <label class="tick" key={String(option)}>
          <input type="radio" name={id} checked={(value ?? null) === option} onChange={() => onValue(option)} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

function AnyOf({ question, value, onValue }: ControlProps) {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  const toggle = (option: string, isOn: boolean) =>
    onValue(isOn ? [...chosen, option] : chosen.filter((one) => one !== option))
  return (
    <fieldset aria-labelledby="question">
      {named(question).map(([option, name]) => (
        <label class="tick" key={option}>
          <input type="checkbox" checked={chosen.includes(option)} onChange={(event) => toggle(option, event.currentTarget.checked)} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

type Entry = Readonly<Record<string, unknown>>

function Entries({ id, question, value, onValue }: ControlProps) {
  const entries = Array.isArray(value) ? (value as readonly Entry[]) : []
  const change = (at: number, entry: Entry) => onValue(entries.map((one, place) => (place === at ? entry : one)))
  return (
    <>
      {entries.map((entry, at) => (
        <fieldset class="group" key={at}>
          <legend>{text('entry', { n: at + 1 })}</legend>
          {question.of?.map((part) => (
            <Part key={part.id} id={`${id}-${at}-${part.id}`} part={part} value={entry[part.id]}
              onValue={(answer) => change(at, { ...entry, [part.id]: answer })} />
          ))}
          <Button look="quiet" onClick={() => onValue(entries.filter((_, place) => place !== at))}>{text('remove-entry')}</Button>
        </fieldset>
      ))}
      {entries.length < (question.max_items ?? 100) && (
        <Button onClick={() => onValue([...entries, {}])}>{text('add-entry')}</Button>
      )}
    </>
  )
}

interface PartProps {
  readonly id: string
  readonly part: Question
  readonly value: unknown
  readonly onValue: (value: unknown) => void
}

function Part({ id, part, value, onValue }: PartProps) {
  const label = message(`interview-${part.id}`)
  if (part.kind === 'yes_no') {
    return (
      <label class="tick">
        <input type="checkbox" checked={value === true} onChange={(event) => onValue(event.currentTarget.checked)} />
        <span>{label}</span>
      </label>
    )
  }
  return (
    <Field id={id} label={label}>
      <AnswerControl id={id} question={part} value={value} onValue={onValue} isLabelled={false} />
    </Field>
  )
}
