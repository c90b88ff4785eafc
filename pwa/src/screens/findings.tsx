// Patterns over the whole timeline, each with its rule and its reason.
import { labelName } from '../language/labels'
import { text } from '../language/language'
import { useApp } from '../shell/app'
import { useLoad } from '../shell/load'

export function Findings({ caseId }: { readonly caseId: string }) {
  const { server } = useApp()
  const findings = useLoad(() => server.findings(caseId), [caseId])
  const found = findings.value ?? []
  if (found.length === 0) return null
  return (
    <details class="card">
      <summary>{text('findings', { count: found.length })}</summary>
      {found.map((finding) => (
        <article key={finding.id}>
          <h3>{labelName(finding.label ?? 'none')}</h3>
          <p>{finding.reason}</p>
          <p class="hint">{text('suggested-by', { rule: finding.rule, version: finding.rule_version })}</p>
        </article>
      ))}
    </details>
  )
}
