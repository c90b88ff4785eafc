// 证据: the big receipt (digest, times kept apart, who stamped), the original, its records.
import { inGroups } from '../digest/groups'
import { has, hasMessage, message, problemText, text, whyText } from '../language/language'
import { fullTime, sizeText } from '../language/times'
import type { Item, Outside, OutsideSource, Seal, Sm3 } from '../serverPorts'
import { useApp } from '../shell/app'
import { useLoad } from '../shell/load'
import { Busy, Problem, Title } from '../shell/parts'
import { EraseItem } from './eraseItem'
import { LeftBehind } from './leftBehind'
import { Original } from './original'
import { ProvenanceCard } from './provenance'
import { Records } from './records'
import { ReportCard } from './report'
import { ShotCard } from './shots'
import { VerifyButton } from './verify'
import { WaitingItem } from './waiting'

export function ItemScreen({ id, record }: { readonly id: string; readonly record: string | null }) {
  const { server } = useApp()
  const loaded = useLoad(() => server.item(id), [id])
  const item = loaded.value
  return (
    <section>
      <Problem error={loaded.problem} again={loaded.again} />
      {item === undefined ? (
        loaded.isBusy && <Busy />
      ) : (
        <>
          <Title>{item.file_name === '' ? text(`kind-${item.kind}`) : item.file_name}</Title>
          {item.state.waits_for_choice && <WaitingItem item={item} onChosen={loaded.again} />}
          <ReceiptCard item={item} />
          <Original item={item} record={record} />
          <ShotCard item={item} />
          <LeftBehind item={item} onPutAway={loaded.again} />
          <Records item={item} record={record} />
          <ReportCard item={item} />
          <ProvenanceCard said={item.provenance} />
          <Proves />
          <History item={item} />
          <EraseItem id={item.id} />
        </>
      )}
    </section>
  )
}

function ReceiptCard({ item }: { readonly item: Item }) {
  return (
    <article class="card stamp-card" aria-labelledby="receipt-title">
      <h2 id="receipt-title">{text('receipt')}</h2>
      <dl>
        <dt>{text('digest')}</dt>
        <dd class="digest">{inGroups(item.sha256)}</dd>
        <dt>{text('digest-sm3')}</dt>
        <Sm3Standing sm3={item.sm3} />
        <dt>{text('size')}</dt>
        <dd>{sizeText(item.size)}</dd>
        <dt>{text('happened-claimed')}</dt>
        <dd>{happened(item)}</dd>
        <dt>{text('captured-claimed')}</dt>
        <dd>{item.captured_at === null ? text('time-unknown') : fullTime(item.captured_at)}</dd>
        <dt>{text('received-claimed')}</dt>
        <dd>{fullTime(item.received_at)}</dd>
        <dt>{text('sealed-proved')}</dt>
        <dd>{sealWords(item.seal)}</dd>
        <dt>{text('sealed-outside')}</dt>
        <dd>
          {sealWords(item.outside_seal)}
          <OutsideStanding outside={item.outside} />
        </dd>
        <dt>{text('read-state')}</dt>
        <dd>{readWords(item)}</dd>
      </dl>
      <p class="hint">{text('times-beijing')}</p>
      <VerifyButton item={item.id} />
    </article>
  )
}

/** The second digest, or why there is none: it is computed in the background. */
function Sm3Standing({ sm3 }: { readonly sm3: Sm3 }) {
  if (sm3.digest !== null) return <dd class="digest">{inGroups(sm3.digest)}</dd>
  return <dd>{text(sm3.state === 'unavailable' ? 'sm3-unavailable' : 'sm3-waiting')}</dd>
}

function happened({ happened_from: from, happened_to: to }: Item): string {
  if (from === null) return text('time-unknown')
  return to === null || to === from ? fullTime(from) : `${fullTime(from)} – ${fullTime(to)}`
}

function sealWords(seal: Seal | null): string {
  if (seal === null) return text('not-yet-sealed')
  const who = seal.is_self_issued ? text('sealed-by-self') : text('sealed-by', { source: seal.source })
  return `${fullTime(seal.gen_time)} · ${who}`
}

/** How many authorities of how many, and for whom we still wait since when. */
function OutsideStanding({ outside }: { readonly outside: Outside }) {
  if (outside.sources.length === 0) return <p class="hint">{text('outside-none')}</p>
  const waiting = outside.sources.filter((one) => one.state !== 'stamped')
  return (
    <>
      <p class="hint">{text('outside-count', { held: outside.held, needed: outside.needed })}</p>
      {waiting.map((one) => (
        <p class="hint" key={one.source + one.since}>
          {waitingWords(one)}
        </p>
      ))}
    </>
  )
}

function waitingWords({ source, state, since, problem }: OutsideSource): string {
  const key = state === 'waiting' ? 'outside-waiting' : 'outside-renewal'
  const words = text(key, { source, since: fullTime(since) })
  return problem === null ? words : `${words} · ${text('outside-problem', { problem: whyText(problem) })}`
}

function readWords({ state, reading, record_count: count }: Item): string {
  if (reading !== null && reading.problem !== null) return problemText(reading.problem)
  if (typeof state.read === 'string') return problemText(state.read)
  if (state.waits_for_choice) return text('waits-short')
  if (!state.read) return text('not-yet-read')
  return text('read-as', { format: formatWord(reading?.format ?? 'unknown'), count })
}

/** What the file is, in words; a format that this client does not know yet, as its id. */
function formatWord(id: string): string {
  const key = `format-${id}`
  return hasMessage(key) ? message(key) : id
}

/** What this proves, and what it does not. */
function Proves() {
  return (
    <details class="card">
      <summary>{text('proves')}</summary>
      <p>{text('proves-what')}</p>
      <p>{text('proves-not')}</p>
    </details>
  )
}

function History({ item }: { readonly item: Item }) {
  return (
    <details class="card">
      <summary>{text('custody', { count: item.custody.length })}</summary>
      <ol>
        {item.custody.map((event) => (
          <li key={event.sha256}>
            {fullTime(event.at)} · {has(`act-${event.act}`) ? text(`act-${event.act}`) : event.act}
            <br />
            <span class="hint digest">{inGroups(event.sha256.slice(0, 16))}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
