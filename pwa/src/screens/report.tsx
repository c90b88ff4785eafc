// 读取报告: how one file was taken in, gently; what is missing does not say that somebody took it away.
import { has, text } from '../language/language'
import { fullTime } from '../language/times'
import type { Item, Report } from '../serverPorts'
import { useApp } from '../shell/app'
import { Button } from '../shell/parts'

/** Formats without conversations: there is nothing to choose. */
const SINGLE: readonly string[] = ['picture', 'recording', 'none', '']

export function ReportCard({ item }: { readonly item: Item }) {
  const { go } = useApp()
  const reading = item.reading
  if (reading === null) return null
  const canChoose = !SINGLE.includes(reading.reader)
  return (
    <details class="card">
      <summary>{text('report')}</summary>
      <Lines report={reading.summary} />
      {canChoose && <Button onClick={() => go({ name: 'choose', id: item.id })}>{text('choose-again')}</Button>}
    </details>
  )
}

function Lines({ report }: { readonly report: Report }) {
  const { first_utc: first, last_utc: last, days } = report
  return (
    <>
      <dl>
        <dt>{text('report-kept')}</dt>
        <dd>{text('report-of', { count: report.records, all: report.records_in_all })}</dd>
        {report.records > 0 && (
          <>
            <dt>{text('report-kinds')}</dt>
            <dd>{kindsText(report.by_kind)}</dd>
            <dt>{text('report-directions')}</dt>
            <dd>{counted(report.by_direction, 'direction')}</dd>
          </>
        )}
        <dt>{text('happened-claimed')}</dt>
        <dd>{first === null || last === null ? text('time-unknown') : `${fullTime(first)} – ${fullTime(last)}`}</dd>
        {days.missing > 0 && (
          <>
            <dt>{text('report-missing', { count: days.missing })}</dt>
            <dd>{days.gaps.map((gap) => gap.filter((day, at) => at === 0 || day !== gap[0]).join(' – ')).join('、')}</dd>
          </>
        )}
        {report.encoding !== null && (
          <>
            <dt>{text('report-encoding')}</dt>
            <dd>{report.encoding}</dd>
          </>
        )}
      </dl>
      {report.left_out > 0 && <p class="hint">{text('report-left-out', { count: report.left_out })}</p>}
      {report.truncated && <p class="notice">{text('report-truncated')}</p>}
      {report.warnings.length > 0 && (
        <>
          <h3>{text('report-warnings')}</h3>
          <ul>
            {report.warnings.map((one) => (
              <li key={one.code}>
                {one.text} <span class="hint">×{one.count} {placeText(one.first)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** `短信 12 · 通话 3`. */
export function kindsText(kinds: Readonly<Record<string, number>>): string {
  return counted(kinds, 'record')
}

function counted(counts: Readonly<Record<string, number>>, of: 'record' | 'direction'): string {
  return Object.entries(counts)
    .map(([code, count]) => `${has(`${of}-${code}`) ? text(`${of}-${code}`) : code} ${count}`)
    .join(' · ')
}

/** A place of the file that a person can look up: a line, a row, bytes, a member of an archive. */
export function placeText(place: unknown): string {
  if (typeof place !== 'object' || place === null) return ''
  const { line, row, table, bytes, member, seconds } = place as Readonly<Record<string, unknown>>
  const parts = [typeof member === 'string' ? member : '']
  if (typeof line === 'number') parts.push(text('place-line', { line }))
  if (typeof row === 'number') parts.push(text('place-row', { table: String(table ?? ''), row }))
  if (Array.isArray(bytes)) parts.push(text('place-bytes', { from: Number(bytes[0]), to: Number(bytes[1]) }))
  if (Array.isArray(seconds)) parts.push(text('place-second', { second: Number(seconds[0]) }))
  return parts.filter((part) => part !== '').join(' · ')
}
