// Which pictures and recordings leave as they are and which as a redacted copy; the way to the screen that covers.
import { text } from '../../language/language'
import { useApp } from '../../shell/app'
import { useLoad } from '../../shell/load'
import { Button, Problem } from '../../shell/parts'

export function Covered({ id }: { readonly id: string }) {
  const { server, go } = useApp()
  const pictures = useLoad(async () => {
    const complaint = await server.complaints.get(id)
    if (complaint.finished_at !== null) return []
    const whole = complaint.exhibits.filter((one) => one.form !== 'records')
    const told = await Promise.all(whole.map((one) => server.complaints.redactions(id, one.number)))
    return whole.filter((_, place) => told[place]?.picture !== null || told[place]?.recording !== null)
  }, [id])
  if (pictures.problem !== undefined) return <Problem error={pictures.problem} again={pictures.again} />
  if (pictures.value === undefined || pictures.value.length === 0) return null
  return (
    <div class="card">
      <h2>{text('covered')}</h2>
      <p>{text('covered-what')}</p>
      <ul class="lines">
        {pictures.value.map((one) => (
          <li class="line" key={one.number}>
            <p>{text(one.form === 'redacted' ? 'covered-copy' : 'covered-whole', { number: one.number })}</p>
            <Button onClick={() => go({ name: 'redact', id, exhibit: one.number })}>
              {text('covered-open', { number: one.number })}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
