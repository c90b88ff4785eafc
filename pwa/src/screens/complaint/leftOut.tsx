// Why the other records of an export stay at home: the package names every gap with this reason.
import { text } from '../../language/language'
import { GAP_REASONS } from '../../serverPorts'
import type { Complaint, GapReason } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Field, Problem } from '../../shell/parts'

export function LeftOut({ id }: { readonly id: string }) {
  const { server } = useApp()
  const complaint = useLoad(() => server.complaints.get(id), [id])
  if (complaint.problem !== undefined) return <Problem error={complaint.problem} again={complaint.again} />
  const parts = complaint.value?.exhibits.filter((one) => one.form === 'records') ?? []
  if (parts.length === 0 || complaint.value?.finished_at !== null) return null
  return (
    <div class="card">
      <h2>{text('left-out')}</h2>
      <p>{text('left-out-what')}</p>
      {parts.map((exhibit) => <Reason key={exhibit.number} id={id} exhibit={exhibit} onKept={complaint.again} />)}
    </div>
  )
}

interface ReasonProps {
  readonly id: string
  readonly exhibit: Complaint['exhibits'][number]
  readonly onKept: () => void
}

function Reason({ id, exhibit, onKept }: ReasonProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const keep = (reason: GapReason) =>
    run(async () => {
      await server.complaints.sayWhyLeftOut(id, exhibit.number, reason)
      onKept()
    })
  const control = `left-out-${exhibit.number}`
  return (
    <>
      <Field id={control} label={text('left-out-of', { number: exhibit.number })}>
        <select
          id={control}
          value={exhibit.gap_reason}
          disabled={isBusy}
          onChange={(event) => {
            const chosen = GAP_REASONS.find((reason) => reason === event.currentTarget.value)
            if (chosen !== undefined) void keep(chosen)
          }}
        >
          {GAP_REASONS.map((reason) => <option key={reason} value={reason}>{text(`gap-${reason}`)}</option>)}
        </select>
      </Field>
      <Problem error={problem} />
    </>
  )
}
