// 选择要留下的内容: conversations, numbers, a period, files inside. What is not chosen is not stored.
import { useEffect, useState } from 'preact/hooks'
import { problemText, text } from '../language/language'
import { beijingDay, sizeText } from '../language/times'
import type { ChoiceStanding, Conversation, FileInside, Wanted } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Busy, Button, Field, Problem, Title } from '../shell/parts'
import { EVERYTHING, NOTHING, countOf, isEmpty, toggled } from './choosing'
import { kindsText } from './report'

const LOOK_AGAIN_MS = 1_500
const WITH_SEARCH = 8
const AT_FIRST = 60

export function Choose({ id }: { readonly id: string }) {
  const { server, back } = useApp()
  const loaded = useLoad(() => server.choice(id), [id])
  const asking = useAct()
  const standing = loaded.value
  const mustLook = standing !== undefined && standing.survey === null && !standing.is_busy
  useEffect(() => {
    if (mustLook && asking.problem === undefined) void asking.run(async () => loaded.set(await server.lookAgain(id)))
  }, [mustLook])
  useEffect(() => {
    if (standing === undefined || !standing.is_busy) return
    const timer = setTimeout(loaded.again, LOOK_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [standing])

  const saving = useAct()
  const save = (wanted: Wanted) =>
    saving.run(async () => {
      await server.choose(id, wanted)
      back()
    })
  return (
    <section>
      <Title>{text('choose-title')}</Title>
      <p>{text('choose-what')}</p>
      <Problem error={loaded.problem} again={loaded.again} />
      <Problem error={asking.problem} />
      {standing === undefined || standing.survey === null ? (
        asking.problem === undefined && <Busy label={text('choose-looking')} />
      ) : (
        <Offer standing={standing} isBusy={saving.isBusy} problem={saving.problem} onSave={(wanted) => void save(wanted)} />
      )}
    </section>
  )
}

interface OfferProps {
  readonly standing: ChoiceStanding
  readonly isBusy: boolean
  readonly problem: unknown
  readonly onSave: (wanted: Wanted) => void
}

function Offer({ standing, isBusy, problem, onSave }: OfferProps) {
  const [wanted, setWanted] = useState<Wanted>(standing.chosen ?? NOTHING)
  const survey = standing.survey
  if (survey === null) return null
  const all = survey.conversations
  return (
    <>
      {all.length > 0 && (
        <>
          <Button isBusy={isBusy} onClick={() => onSave({ ...EVERYTHING, files: wanted.files })}>
            {text('choose-everything', { count: survey.records })}
          </Button>
          <h2>{text('choose-some')}</h2>
          <Conversations all={all} wanted={wanted} onWanted={setWanted} />
          {survey.unlisted > 0 && <p class="hint">{text('choose-unlisted', { count: survey.unlisted })}</p>}
          <Period wanted={wanted} onWanted={setWanted} />
        </>
      )}
      {survey.files.length > 0 && <Files files={survey.files} wanted={wanted} onWanted={setWanted} />}
      <Extracted standing={standing} />
      <p class="hint">{text('choose-later')}</p>
      <Problem error={problem} />
      <Button look="primary" isBusy={isBusy} disabled={isEmpty(wanted)} onClick={() => onSave(wanted)}>
        {text('choose-keep', { count: countOf(wanted, all) })}
      </Button>
    </>
  )
}

interface PartProps {
  readonly wanted: Wanted
  readonly onWanted: (wanted: Wanted) => void
}

function Conversations({ all, wanted, onWanted }: PartProps & { readonly all: readonly Conversation[] }) {
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(AT_FIRST)
  const found = all.filter((one) => isLike(one, search.trim()))
  return (
    <>
      {all.length > WITH_SEARCH && (
        <Field id="choose-search" label={text('choose-search')}>
          <input id="choose-search" autocomplete="off" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
        </Field>
      )}
      <ul class="lines">
        {found.slice(0, shown).map((one) => (
          <li class="line" key={one.key}>
            <ConversationTick one={one} wanted={wanted} onWanted={onWanted} />
            {one.numbers.length > 1 && <Numbers one={one} wanted={wanted} onWanted={onWanted} />}
          </li>
        ))}
      </ul>
      {found.length > shown && <Button onClick={() => setShown(shown + AT_FIRST)}>{text('more')}</Button>}
    </>
  )
}

function isLike({ title, name, numbers }: Conversation, search: string): boolean {
  return search === '' || [title, name, ...numbers.map(({ number }) => number)].some((word) => word.includes(search))
}

function ConversationTick({ one, wanted, onWanted }: PartProps & { readonly one: Conversation }) {
  const number = one.numbers[0]?.number ?? ''
  const name = [one.name, one.title, number].find((known) => known !== '') ?? text('number-hidden')
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={wanted.everything || wanted.conversations.includes(one.key)}
        onChange={() => onWanted(toggled(wanted, 'conversations', one.key))}
      />
      <span>
        <span class="name">{name}</span>
        {one.numbers.length === 1 && number !== name && <span> {number}</span>}
        <br />
        <span class="hint">{kindsText(one.by_kind)} · {spanOf(one)}</span>
        {one.sample !== '' && (
          <>
            <br />
            <span class="hint">“{one.sample}”</span>
          </>
        )}
      </span>
    </label>
  )
}

function spanOf({ first_utc: first, last_utc: last }: Conversation): string {
  if (first === null || last === null) return text('time-unknown')
  const days = [beijingDay(first), beijingDay(last)]
  return days[0] === days[1] ? String(days[0]) : days.join(' – ')
}

/** Of a group: single members. */
function Numbers({ one, wanted, onWanted }: PartProps & { readonly one: Conversation }) {
  return (
    <details>
      <summary>{text('choose-numbers', { count: one.numbers.length })}</summary>
      {one.numbers.map(({ number, records }) => (
        <label class="tick" key={number}>
          <input type="checkbox" checked={wanted.numbers.includes(number)} onChange={() => onWanted(toggled(wanted, 'numbers', number))} />
          <span>{number} · {text('choose-records', { count: records })}</span>
        </label>
      ))}
    </details>
  )
}

function Period({ wanted, onWanted }: PartProps) {
  return (
    <details class="card">
      <summary>{text('choose-period')}</summary>
      <p class="hint">{text('choose-period-what')}</p>
      <div class="filters">
        <Field id="choose-since" label={text('filter-from')}>
          <input id="choose-since" type="date" value={wanted.since ?? ''} onChange={(event) => onWanted({ ...wanted, since: event.currentTarget.value || null })} />
        </Field>
        <Field id="choose-until" label={text('filter-to')}>
          <input id="choose-until" type="date" value={wanted.until ?? ''} onChange={(event) => onWanted({ ...wanted, until: event.currentTarget.value || null })} />
        </Field>
      </div>
    </details>
  )
}

function Files({ files, wanted, onWanted }: PartProps & { readonly files: readonly FileInside[] }) {
  const [shown, setShown] = useState(AT_FIRST)
  return (
    <details class="card">
      <summary>{text('choose-files-inside', { count: files.length })}</summary>
      <p class="hint">{text('choose-files-what')}</p>
      {files.slice(0, shown).map((file) => (
        <label class="tick" key={file.key}>
          <input type="checkbox" checked={wanted.files.includes(file.key)} onChange={() => onWanted(toggled(wanted, 'files', file.key))} />
          <span>
            {file.name}
            {file.size !== null && <span class="hint"> · {sizeText(file.size)}</span>}
          </span>
        </label>
      ))}
      {files.length > shown && <Button onClick={() => setShown(shown + AT_FIRST)}>{text('more')}</Button>}
    </details>
  )
}

/** What came out of the export before, and what could not be had. */
function Extracted({ standing }: { readonly standing: ChoiceStanding }) {
  const { go } = useApp()
  return (
    <>
      {standing.extracted.map(({ id, place, problem }) =>
        problem === '' ? (
          <p key={id}>
            <Button look="quiet" onClick={() => go({ name: 'item', id })}>{text('choose-extracted', { place })}</Button>
          </p>
        ) : (
          <p class="hint" key={id}>{text('choose-not-extracted', { place, problem: problemText(problem) })}</p>
        ),
      )}
    </>
  )
}
