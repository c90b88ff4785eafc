// What would make the desk bounce it, and how to mend each.
import { hasMessage, message, text } from '../../language/language'
import type { Preflight as Found } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useLoad } from '../../shell/load'
import { Busy, Button, Problem } from '../../shell/parts'
import type { Place } from '../../shell/places'
import { questionsFor } from './questions'

/** Where each bounce is mended: a place of the app, or a question of the interview. */
const PLACES: Readonly<Record<string, Place>> = {
  no_dated_act: { name: 'timeline' },
  number_not_tied: { name: 'numbers' },
  number_names_differ: { name: 'numbers' },
  item_unsealed: { name: 'collect' },
}
const QUESTIONS: Readonly<Record<string, string>> = {
  legal_name_missing: 'lender_legal_name',
  legal_name_looks_like_app: 'lender_legal_name',
  addressee_missing: 'addressee_name',
  request_missing: 'requests',
  already_in_court: 'in_court',
  blank_for_pen: 'name',
  name_cannot_be_printed: 'name',
}

export function Preflight({ id }: { readonly id: string }) {
  const { server, go } = useApp()
  const found = useLoad(() => server.complaints.preflight(id), [id])
  const complaint = useLoad(() => server.complaints.get(id), [id])
  const placeOf = (code: string): (() => void) | null => {
    const elsewhere = PLACES[code]
    if (elsewhere !== undefined) return () => go(elsewhere)
    const question = QUESTIONS[code]
    if (question === undefined || complaint.value === undefined) return null
    const step = questionsFor(complaint.value.document_id).findIndex((one) => one.id === question)
    return step < 0 ? null : () => go({ name: 'interview', id, step })
  }
  return (
    <div class="card">
      <h2>{text('preflight')}</h2>
      <Problem error={found.problem} again={found.again} />
      {found.value === undefined && found.isBusy && <Busy />}
      {found.value?.bounces.length === 0 && <p>{text('preflight-clear')}</p>}
      <ul class="lines">
        {found.value?.bounces.map((bounce) => <Bounce key={bounce.code} bounce={bounce} onMend={placeOf(bounce.code)} />)}
      </ul>
    </div>
  )
}

interface BounceProps {
  readonly bounce: Found['bounces'][number]
  readonly onMend: (() => void) | null
}

function Bounce({ bounce, onMend }: BounceProps) {
  const mend = `preflight-${bounce.code}-mend`
  return (
    <li class="line">
      <p>
        <strong>{text(bounce.is_blocking ? 'preflight-stop' : 'preflight-warn')}</strong>{' '}
        {message(`preflight-${bounce.code}`)}
      </p>
      {hasMessage(mend) && <p class="hint">{message(mend)}</p>}
      {onMend !== null && <Button look="quiet" onClick={onMend}>{text('preflight-answer')}</Button>}
    </li>
  )
}
