// What the server holds of this case and another phone or browser sent: this one has no receipt of it.
import { useEffect, useState } from 'preact/hooks'
import { text } from '../language/language'
import type { KeptReceipt } from '../ports'
import type { Item } from '../serverPorts'
import { useApp } from '../shell/app'
import { SentLine } from './sentLine'

/** Undefined until the server has told them, and without a network. */
export function useElsewhere(receipts: readonly KeptReceipt[]): readonly Item[] | undefined {
  const { server, person } = useApp()
  const [items, setItems] = useState<readonly Item[]>()
  useEffect(() => {
    server.items(person.case).then(setItems, () => {
      // Offline: the phone's own lines are there; the next look comes when the screen opens.
    })
  }, [person.case])
  const ours = new Set(receipts.map(({ item }) => item))
  return items?.filter(({ id, origin }) => origin === 'upload' && !ours.has(id))
}

export function Elsewhere({ items }: { readonly items: readonly Item[] }) {
  return (
    <section aria-labelledby="elsewhere-title">
      <h2 id="elsewhere-title">{text('collect-elsewhere')}</h2>
      <ul class="lines">
        {items.map((item) => (
          <SentLine
            key={item.id}
            item={item.id}
            name={item.file_name}
            kind={item.kind}
            size={item.size}
            isStamped={item.state.sealed}
          >
            {text('state-on-server')}
          </SentLine>
        ))}
      </ul>
    </section>
  )
}
