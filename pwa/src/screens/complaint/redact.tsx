// Covers parts of a picture or recording for good; the copy is made by the server, and shown as it would leave.
import { useEffect } from 'preact/hooks'
import { problemText, text } from '../../language/language'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Busy, Button, Problem, Title } from '../../shell/parts'
import { CoverSpans } from './coverSpans'
import { DrawBoxes } from './drawBoxes'
import { MadeCopy } from './madeCopy'

const LOOK_MS = 1_000

interface RedactProps {
  readonly id: string
  readonly exhibit: string
}

export function RedactScreen({ id, exhibit }: RedactProps) {
  const { server } = useApp()
  const loaded = useLoad(async () => {
    const [complaint, told] = await Promise.all([
      server.complaints.get(id),
      server.complaints.redactions(id, exhibit),
    ])
    const row = complaint.exhibits.find((one) => one.number === exhibit)
    return { item: row?.item ?? '', isWhole: row?.form === 'original', ...told }
  }, [id, exhibit])
  const isMaking = loaded.value?.results.some((one) => one.state === 'making') ?? false
  useEffect(() => {
    if (!isMaking) return
    const timer = setTimeout(loaded.again, LOOK_MS)
    return () => clearTimeout(timer)
  }, [loaded.value, isMaking])
  if (loaded.value === undefined) return loaded.isBusy ? <Busy /> : <Problem error={loaded.problem} again={loaded.again} />
  const { picture, recording, results, item, isWhole } = loaded.value
  return (
    <section>
      <Title>{text('redact', { number: exhibit })}</Title>
      <p>{text(recording === null ? 'redact-what' : 'cover-what')}</p>
      <Problem error={loaded.problem} again={loaded.again} />
      {picture === null && recording === null && <p class="notice">{problemText('redaction_not_possible')}</p>}
      {picture !== null && (
        <DrawBoxes id={id} exhibit={exhibit} item={item} picture={picture} isMaking={isMaking} onAsked={loaded.again} />
      )}
      {recording !== null && (
        <CoverSpans id={id} exhibit={exhibit} item={item} lasts={recording.duration_ms} isMaking={isMaking} onAsked={loaded.again} />
      )}
      {results.map((one, place) => (
        <MadeCopy key={one.id} id={id} exhibit={exhibit} made={one} number={results.length - place} onChosen={loaded.again} />
      ))}
      {!isWhole && <Whole id={id} exhibit={exhibit} onChosen={loaded.again} />}
    </section>
  )
}

function Whole({ id, exhibit, onChosen }: RedactProps & { readonly onChosen: () => void }) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const giveUp = () =>
    run(async () => {
      await server.complaints.chooseForm(id, exhibit, null)
      onChosen()
    })
  return (
    <>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void giveUp()}>{text('redact-whole')}</Button>
    </>
  )
}
