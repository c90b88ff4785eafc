// Before and after the package: what would make the desk bounce it, building with true steps, download.
import { useEffect, useState } from 'preact/hooks'
import { inGroups } from '../../digest/groups'
import { has, problemText, text, whyText } from '../../language/language'
import { fullTime, sizeText } from '../../language/times'
import type { Package } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Busy, Button, Problem, Title } from '../../shell/parts'
import { Covered } from './covered'
import { LeftOut } from './leftOut'
import { OwnExhibits } from './ownExhibits'
import { Preflight } from './preflight'

const LOOK_MS = 1_000

export function PackageScreen({ id }: { readonly id: string }) {
  const { server } = useApp()
  const packages = useLoad(() => server.complaints.packages(id), [id])
  const [round, setRound] = useState(0) // of changes to the list of exhibits
  const isBuilding = packages.value?.some((one) => one.state === 'building') ?? false
  useEffect(() => {
    if (!isBuilding) return
    const timer = setTimeout(packages.again, LOOK_MS)
    return () => clearTimeout(timer)
  }, [packages.value, isBuilding])
  return (
    <section>
      <Title>{text('package')}</Title>
      <Preflight id={id} />
      <OwnExhibits id={id} onChanged={() => setRound((before) => before + 1)} />
      <LeftOut id={id} key={`left-out-${String(round)}`} />
      <Covered id={id} key={`covered-${String(round)}`} />
      <Problem error={packages.problem} again={packages.again} />
      <Make id={id} isBuilding={isBuilding} isFirst={!(packages.value?.some((one) => one.state === 'offered') ?? false)} onMade={packages.again} />
      {packages.value === undefined && packages.isBusy && <Busy />}
      {packages.value?.map((one) => <PackageCard key={one.id} made={one} />)}
      {packages.value?.some((one) => one.state === 'offered') && <Finish id={id} />}
    </section>
  )
}

interface MakeProps {
  readonly id: string
  readonly isBuilding: boolean
  /** With a package there to download, making another is no longer the primary action. */
  readonly isFirst: boolean
  readonly onMade: () => void
}

function Make({ id, isBuilding, isFirst, onMade }: MakeProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const make = () =>
    run(async () => {
      await server.complaints.makePackage(id)
      onMade()
    })
  return (
    <>
      <p>{text('package-what')}</p>
      <Problem error={problem} />
      <Button look={isFirst ? 'primary' : 'plain'} isBusy={isBusy || isBuilding} onClick={() => void make()}>{text('package-make')}</Button>
    </>
  )
}

function PackageCard({ made }: { readonly made: Package }) {
  if (made.state === 'failed') return <p class="notice" role="alert">{problemText(made.problem === '' ? 'package_failed' : made.problem)}</p>
  if (made.state === 'building') return <Building made={made} />
  return (
    <article class="card stamp-card">
      <h2>{text('package-ready')}</h2>
      <dl>
        <dt>{text('package-built')}</dt>
        <dd>{made.built_at === null ? '' : fullTime(made.built_at)}</dd>
        <dt>{text('package-verdict')}</dt>
        <dd>{has(`verdict-${made.verdict}`) ? text(`verdict-${made.verdict}`) : made.verdict}</dd>
        <dt>{text('package-document-digest')}</dt>
        <dd class="digest">{inGroups(made.document_sha256)}</dd>
        <dt>{text('package-house')}</dt>
        <dd class="digest">{inGroups(made.house_fingerprint)}</dd>
        {made.stamped_by !== '' && <SignatureStamp made={made} />}
      </dl>
      {made.stamps_missed.map(({ source, why }) => (
        <p class="hint" key={source}>{text('package-stamp-missed', { source, why: whyText(why) })}</p>
      ))}
      <a class="button primary" href={`/api/packages/${made.id}/download/`} download>
        {text('package-download', { size: made.size === null ? '' : sizeText(made.size) })}
      </a>
      <p class="acts">
        <a class="button quiet" href={`/api/packages/${made.id}/complaint.pdf`} download>{text('package-pdf')}</a>
        <a class="button quiet" href={`/api/packages/${made.id}/bag/`} download>{text('package-bag')}</a>
      </p>
      <AfterSteps />
    </article>
  )
}

/** Whose clock dates the signature: an outside authority's, or this server's own. */
function SignatureStamp({ made }: { readonly made: Package }) {
  return (
    <>
      <dt>{text('package-stamped')}</dt>
      <dd>{made.stamped_by === 'embedded' ? text('sealed-by-self') : text('sealed-by', { source: made.stamped_by })}</dd>
    </>
  )
}

function Building({ made }: { readonly made: Package }) {
  const step = has(`step-${made.step}`) ? text(`step-${made.step}`) : text('package-building')
  return (
    <div class="card" role="status">
      <Busy label={step} />
      {made.total > 0 && <progress max={made.total} value={made.done} aria-label={step} />}
    </div>
  )
}

/** What to do now, in three steps. */
function AfterSteps() {
  return (
    <>
      <h3>{text('after')}</h3>
      <ol>
        <li>{text('after-print')}</li>
        <li>{text('after-sign')}</li>
        <li>{text('after-hand-in')}</li>
      </ol>
    </>
  )
}

/** The person can always finish alone; the package then says so. */
function Finish({ id }: { readonly id: string }) {
  const { server, go } = useApp()
  const { isBusy, problem, run } = useAct()
  const finish = () =>
    run(async () => {
      await server.complaints.finish(id)
      go({ name: 'complaint' })
    })
  return (
    <>
      <p>{text('finish-alone-what')}</p>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void finish()}>{text('finish-alone')}</Button>
    </>
  )
}
