// One suggestion: its words, its reason, how sure the rule is; confirm, correct or reject with a reason.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import type { Tag } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct } from '../shell/load'
import { Button, Field, Problem } from '../shell/parts'
import { stateOf } from './recordRow'
import { TagForm } from './tagForm'

const LONGEST_REASON = 500

interface SuggestionProps {
  /** What they are called. */
  readonly name: string
  readonly tags: readonly Tag[]
  readonly wordsOf: (tag: Tag) => string
  readonly onLook: (tag: Tag) => void
  readonly onDecided: () => void
}

/** All suggestions of one name: each with its words and reason, one decision for them. */
export function Suggestion({ name, tags, wordsOf, onLook, onDecided }: SuggestionProps) {
  const { server, person } = useApp()
  const [decided, setDecided] = useState<'none' | 'confirmed' | 'rejected'>(stateOf(tags))
  const [corrected, setCorrected] = useState<Tag | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const { isBusy, problem, run } = useAct()
  const decide = (decision: 'confirmed' | 'rejected', why = '') =>
    run(async () => {
      await server.decide(person.case, tags.map(({ id }) => id), decision, why)
      setDecided(decision)
      setReason(null)
      onDecided()
    })
  const id = `why-${tags[0]?.id ?? name}`
  return (
    <article class="card">
      <h3>{name}</h3>
      {tags.map((tag) => (
        <div key={tag.id}>
          <p>
            {tag.reason}
            <span class="hint">
              {' '}
              {tag.proposed_by === 'person' ? text('own-tag') : text('suggested-by', { rule: tag.rule, version: tag.rule_version })}
            </span>
          </p>
          {tag.sureness === 'low' && <p class="notice">{text('sureness-low')}</p>}
          <Standing tag={tag} />
          <div class="acts">
            {tag.start < tag.end && <Button look="quiet" onClick={() => onLook(tag)}>{text('show-words')}</Button>}
            <Button look="quiet" aria-expanded={corrected === tag} onClick={() => setCorrected(corrected === tag ? null : tag)}>{text('correct')}</Button>
          </div>
          {corrected === tag && (
            <TagForm
              id={`correct-${tag.id}`}
              kind={tag.kind}
              span={[tag.start, tag.end]}
              words={wordsOf(tag)}
              act={text('correct-do')}
              onSave={async (correction) => {
                await server.correct(tag.id, correction)
                setCorrected(null)
                setDecided('confirmed')
                onDecided()
              }}
            />
          )}
        </div>
      ))}
      <p role="status">{text(`decision-${decided}`)}</p>
      <Problem error={problem} />
      {reason !== null && (
        <Field id={id} label={text('reject-why')} hint={text('reject-why-hint')}>
          <input id={id} value={reason} maxLength={LONGEST_REASON} onInput={(event) => setReason(event.currentTarget.value)} />
        </Field>
      )}
      <div class="acts">
        {reason === null ? (
          <>
            <Button isBusy={isBusy} aria-pressed={decided === 'confirmed'} onClick={() => void decide('confirmed')}>{text('confirm')}</Button>
            <Button isBusy={isBusy} aria-pressed={decided === 'rejected'} onClick={() => setReason('')}>{text('reject')}</Button>
          </>
        ) : (
          <>
            <Button isBusy={isBusy} onClick={() => void decide('rejected', reason.trim())}>{text('reject-do')}</Button>
            <Button look="quiet" onClick={() => setReason(null)}>{text('back')}</Button>
          </>
        )}
      </div>
    </article>
  )
}

/** What the newest decision says beyond yes or no. */
function Standing({ tag }: { readonly tag: Tag }) {
  const { decision } = tag
  if (decision === null) return null
  return (
    <>
      {decision.kind_name !== '' && <p>{text('corrected-to', { kind: decision.kind_name })}</p>}
      {decision.reason !== '' && <p class="hint">{text('decision-reason', { reason: decision.reason })}</p>}
    </>
  )
}
