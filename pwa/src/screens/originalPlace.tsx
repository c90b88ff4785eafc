// The original at the very place where one record was read: its words, its row, as they stand there.
import { text } from '../language/language'
import type { OriginalPlace, TimelineRecord } from '../serverPorts'
import { useApp } from '../shell/app'
import { useLoad } from '../shell/load'
import { Busy, Problem } from '../shell/parts'
import { placeText } from './report'

export function PlaceOfRecord({ record }: { readonly record: TimelineRecord }) {
  const { server } = useApp()
  const place = useLoad(() => server.place(record.id), [record.id])
  return (
    <section class="card" aria-labelledby="place-title">
      <h3 id="place-title">{text('place')}</h3>
      <p class="hint">{placeText(record.locator)}</p>
      <Problem error={place.problem} again={place.again} />
      {place.isBusy && <Busy />}
      {place.value !== undefined && <Shown place={place.value} />}
    </section>
  )
}

function Shown({ place }: { readonly place: OriginalPlace }) {
  if (place.form === 'text')
    return (
      <>
        <pre class="as-written">{place.text}</pre>
        {place.is_cut === true && <p class="hint">{text('place-cut')}</p>}
      </>
    )
  if (place.form === 'row')
    return (
      <dl>
        {place.cells?.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    )
  return <p>{text('place-whole')}</p>
}
