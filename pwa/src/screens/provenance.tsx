// 手机和文件自己怎么说: dates and marks of the file itself, folded, gently, never called proof.
import { text } from '../language/language'
import type { Provenance } from '../serverPorts'

export function ProvenanceCard({ said }: { readonly said: Provenance | null }) {
  return (
    <details class="card provenance">
      <summary>{text('provenance')}</summary>
      <p class="hint">{text('provenance-note')}</p>
      {said === null ? (
        <p>{text('provenance-none')}</p>
      ) : (
        <>
          <ul>
            {said.observations.map((note) => (
              <li key={note.code + note.facts.join()}>
                {note.text}
                <br />
                <span class="hint">{note.means}</span>
              </li>
            ))}
          </ul>
          <dl>
            {said.facts.map((fact) => (
              <div key={fact.code}>
                <dt>{fact.label}</dt>
                <dd>{fact.value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </details>
  )
}
