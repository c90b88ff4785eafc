// A time in a recording, typed or taken from the player.
import { text } from '../language/language'
import { Button, Field } from '../shell/parts'

interface TimeFieldProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  /** Where the player stands, as it is written into the field. */
  readonly now: () => string
  /** What the button that takes it is called. */
  readonly take?: string
}

export function TimeField({ id, label, value, onValue, now, take }: TimeFieldProps) {
  const name = take ?? text('line-now')
  return (
    <Field id={id} label={label}>
      <div class="acts">
        <input id={id} inputMode="numeric" autocomplete="off" placeholder="0:00" value={value} onInput={(event) => onValue(event.currentTarget.value)} />
        <Button aria-label={`${label}: ${name}`} onClick={() => onValue(now())}>{name}</Button>
      </div>
    </Field>
  )
}

/** `1:05`, `1:02:03` or bare seconds; null for what is none of them. A full-width colon will do. */
export function secondsOf(written: string): number | null {
  const parts = written.trim().replaceAll('：', ':').split(':')
  if (parts.length > 3 || parts.some((part) => !/^\d{1,5}(\.\d+)?$/.test(part))) return null
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0)
}
