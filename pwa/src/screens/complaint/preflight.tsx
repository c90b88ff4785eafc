// What would make the desk bounce it, how to mend each, and the person's own word where it lets it go.
import { hasMessage, message, pick, text } from '../../language/language'
import type { Answers, Bounce, Complaint, DeskSays, Preflight as Found } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useLoad } from '../../shell/load'
import { Busy, Button, Problem } from '../../shell/parts'
import type { Place } from '../../shell/places'
import { Although, SignsByHand } from './although'
import { Limits } from './limits'
import { questionsFor } from './questions'

/** Where each bounce is mended: a place of the app, or a question of the interview. */
const PLACES: Readonly<Record<string, Place>> = {
  no_dated_act: { name: 'timeline' },
  acts_are_bare: { name: 'timeline' },
  reads_like_debt_dispute: { name: 'timeline' },
  no_provision_named: { name: 'timeline' },
  description_too_short: { name: 'timeline' },
  number_not_tied: { name: 'numbers' },
  number_names_differ: { name: 'numbers' },
  item_unsealed: { name: 'collect' },
  wrong_remit: { name: 'addressees' },
  lender_type_unknown: { name: 'addressees' },
  witness_not_masked: { name: 'witnesses' },
}
const QUESTIONS: Readonly<Record<string, string>> = {
  authorisation_missing: 'agent_name',
  legal_name_missing: 'lender_legal_name',
  legal_name_looks_like_app: 'lender_legal_name',
  lender_type_contradicts_name: 'lender_legal_name',
  lender_place_missing: 'lender_place',
  registration_missing: 'lender_credit_code',
  contract_number_missing: 'contract_number',
  not_where_registered: 'addressee_name',
  addressee_missing: 'addressee_name',
  request_missing: 'requests',
  complaint_and_report_mixed: 'own_request',
  law_not_in_force: 'background',
  already_in_court: 'in_court',
  notice_missing: 'notice_number',
  review_reasons_missing: 'review_reasons',
  blank_for_pen: 'name',
  harmed_person_unclear: 'relation',
  name_cannot_be_printed: 'name',
  lawful_debt_called_unlawful: 'debt_unlawful',
  not_grave: 'requests',
  info_items_not_counted: 'info_items',
}

/** The checks of one paper. */
export function Preflight({ id }: { readonly id: string }) {
  const { server } = useApp()
  const found = useLoad(() => server.complaints.preflight(id), [id])
  const complaint = useLoad(() => server.complaints.get(id), [id])
  const again = () => {
    found.again()
    complaint.again()
  }
  return (
    <div class="card">
      <h2>{text('preflight')}</h2>
      <Problem error={found.problem} again={found.again} />
      {found.value === undefined && found.isBusy && <Busy />}
      {found.value !== undefined && <Bounces found={found.value} complaint={complaint.value} onSaid={again} />}
      {found.value !== undefined && <Limits found={found.value} />}
    </div>
  )
}

interface BouncesProps {
  readonly found: Found
  /** Where answers are mended and kept; none: the words alone say how. */
  readonly complaint: Complaint | undefined
  /** The desk of a short form; of a paper it is the complaint's own. */
  readonly desk?: string
  readonly onSaid: () => void
}

export function Bounces({ found, complaint, desk, onSaid }: BouncesProps) {
  const { server, go } = useApp()
  if (found.bounces.length === 0) return <p>{text('preflight-clear')}</p>
  const placeOf = (code: string): (() => void) | null => {
    const elsewhere = PLACES[code]
    if (elsewhere !== undefined) return () => go(elsewhere)
    const question = QUESTIONS[code]
    if (question === undefined || complaint === undefined) return null
    const step = questionsFor(complaint.document_id).findIndex((one) => one.id === question)
    return step < 0 ? null : () => go({ name: 'interview', id: complaint.id, step })
  }
  const keep = async (answers: Answers) => {
    if (complaint === undefined) return
    await server.complaints.answer(complaint.id, answers)
    onSaid()
  }
  return (
    <ul class="lines">
      {found.bounces.map((bounce) => (
        <li class="line" key={bounce.code}>
          <Reason bounce={bounce} />
          <Mend code={bounce.code} onMend={placeOf(bounce.code)} />
          {bounce.code === 'signature_missing' && <SignsByHand onKeep={keep} />}
          {bounce.may_be_said && complaint !== undefined && (
            <Although bounce={bounce} desk={desk ?? complaint.agency} complaint={complaint} onKeep={keep} />
          )}
        </li>
      ))}
    </ul>
  )
}

function Reason({ bounce }: { readonly bounce: Bounce }) {
  const weight = bounce.said !== '' ? 'preflight-going' : bounce.is_blocking ? 'preflight-stop' : 'preflight-warn'
  return (
    <>
      <p>
        <strong>{text(weight)}</strong> {message(`preflight-${bounce.code}`)}
        {bounce.about.length > 0 && <bdi lang="zh-CN">{bounce.about.join('、')}</bdi>}
      </p>
      {bounce.desks.map((line) => <p class="hint" key={line.agency + line.zh}>{deskSays(line)}</p>)}
    </>
  )
}

function deskSays(line: DeskSays): string {
  const rule = pick(line.rule_zh, line.rule_en)
  return text('preflight-desk-says', {
    agency: pick(line.agency_zh, line.agency_en),
    line: pick(line.zh, line.en),
    source: rule === '' ? text('preflight-catalogue') : pick(`${rule}，`, `${rule}; `),
    on: line.checked_on,
  })
}

function Mend({ code, onMend }: { readonly code: string; readonly onMend: (() => void) | null }) {
  const mend = `preflight-${code}-mend`
  return (
    <>
      {hasMessage(mend) && <p class="hint">{message(mend)}</p>}
      {onMend !== null && <Button look="quiet" onClick={onMend}>{text('preflight-answer')}</Button>}
    </>
  )
}
