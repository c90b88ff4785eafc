// 投诉: danger first, then the complaints of this case, then "who should hear this".
import { pick, text } from '../../language/language'
import type { Complaint } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useLoad } from '../../shell/load'
import { Busy, Button, Problem, Title } from '../../shell/parts'
import { DangerNow } from '../welcome'
import { ReviewSwitch } from './reviewSwitch'

export function Complaints() {
  const { server, person, go } = useApp()
  const complaints = useLoad(() => server.complaints.list(person.case), [person.case])
  return (
    <section>
      <DangerNow />
      <Title>{text('place-complaint')}</Title>
      <p>{text('complaint-what')}</p>
      <Problem error={complaints.problem} again={complaints.again} />
      {complaints.isBusy && <Busy />}
      <ul class="lines">
        {complaints.value?.map((complaint) => <ComplaintLine key={complaint.id} complaint={complaint} />)}
      </ul>
      <Button look="primary" onClick={() => go({ name: 'addressees' })}>{text('complaint-begin')}</Button>
      <div class="card">
        <h2>{text('witnesses')}</h2>
        <p>{text('witnesses-what')}</p>
        <Button onClick={() => go({ name: 'witnesses' })}>{text('witnesses-open')}</Button>
      </div>
      <ReviewSwitch />
    </section>
  )
}

function ComplaintLine({ complaint }: { readonly complaint: Complaint }) {
  const { go } = useApp()
  return (
    <li class="line">
      <p class="name">{pick(complaint.agency_zh, complaint.agency_en)}</p>
      <p class="hint">{text(`complaint-${complaint.state}`)}</p>
      <div class="acts">
        <Button onClick={() => go({ name: 'interview', id: complaint.id })}>{text('complaint-continue')}</Button>
        <Button onClick={() => go({ name: 'package', id: complaint.id })}>{text('package')}</Button>
        <Button onClick={() => go({ name: 'filed', id: complaint.id })}>{text('filed')}</Button>
      </div>
    </li>
  )
}
