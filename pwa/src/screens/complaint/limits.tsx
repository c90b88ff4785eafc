// What a desk takes: each figure with its source and how far it can be trusted; what is unknown is said.
import { text } from '../../language/language'
import type { Limit, Preflight } from '../../serverPorts'

export function Limits({ found }: { readonly found: Preflight }) {
  return (
    <details>
      <summary>{text('desk-takes')}</summary>
      <ul class="lines">
        {found.limits.map((limit) => (
          <li class="line" key={limit.what + limit.value}>
            <p>{text(`limit-${limit.what}`, { value: shown(limit) })}</p>
            <p class="hint">
              {text(`limit-${limit.confidence}`)} <span lang="zh-CN">{limit.read_in}</span> {text('limit-of', { as: limit.as_of, on: limit.checked_on })}
            </p>
          </li>
        ))}
      </ul>
      {found.unknown.length > 0 && <p class="hint">{text('desk-unknown', { what: found.unknown.map((what) => text(`limit-name-${what}`)).join('、') })}</p>}
    </details>
  )
}

function shown({ what, value }: Limit): string {
  return what === 'file_bytes' ? `${String(Number(value) / 1_000_000)} MB` : value
}
