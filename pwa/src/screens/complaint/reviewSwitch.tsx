// Review is offered, never needed: the borrower opens the case to staff and can close it again.
import { text } from '../../language/language'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Button, Problem } from '../../shell/parts'

export function ReviewSwitch() {
  const { server, person } = useApp()
  const cases = useLoad(() => server.cases(), [])
  const { isBusy, problem, run } = useAct()
  const open = cases.value?.find((one) => one.id === person.case)?.open_to_review
  if (open === undefined) return <Problem error={cases.problem} again={cases.again} />
  const change = () =>
    run(async () => {
      await server.openToReview(person.case, !open)
      cases.again()
    })
  return (
    <div class="card">
      <h2>{text('review')}</h2>
      <p>{text('review-what')}</p>
      <p role="status">{text(open ? 'review-open' : 'review-closed')}</p>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void change()}>{text(open ? 'review-close-it' : 'review-open-it')}</Button>
    </div>
  )
}
