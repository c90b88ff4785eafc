// What the server holds of this case and another phone or browser sent: this one has no receipt of it.
import { useEffect, useState } from 'preact/hooks'
import { text } from '../language/language'
import type { KeptReceipt } from '../ports'
import type { Item } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct } from '../shell/load'
import { Button, Problem } from '../shell/parts'
import { SentLine } from './sentLine'

interface Known {
  readonly items: readonly Item[]
  readonly next: string | null
}

export interface Sent {
  /** Undefined until the server has told them, and without a network. */
  readonly items: readonly Item[] | undefined
  readonly hasMore: boolean
  readonly isBusy: boolean
  readonly problem: unknown
  more(): void
}

/** The newest first, a page at a time: a phone that sent everything itself asks for one page only. */
export function useElsewhere(receipts: readonly KeptReceipt[]): Sent {
  const { server, person } = useApp()
  const [known, setKnown] = useState<Known>()
  const { isBusy, problem, run } = useAct()
  const ours = new Set(receipts.map(({ item }) => item))
  const isElsewhere = ({ id, origin }: Item) => origin === 'upload' && !ours.has(id)
  useEffect(() => {
    server.itemsPage(person.case).then(
      ({ results, next }) => setKnown({ items: results, next: next ?? null }),
      () => {
        // Offline: the phone's own lines are there; the next look comes when the screen opens.
      },
    )
  }, [person.case])

  const more = async () => {
    let items = known?.items ?? []
    let next = known?.next ?? null
    let isFound = false
    while (next !== null && !isFound) {
      const page = await server.itemsPage(person.case, next)
      items = [...items, ...page.results]
      next = page.next ?? null
      isFound = page.results.some(isElsewhere)
    }
    setKnown({ items, next })
  }
  const hasMore = (known?.next ?? null) !== null
  return { items: known?.items.filter(isElsewhere), hasMore, isBusy, problem, more: () => void run(more) }
}

export function Elsewhere({ sent }: { readonly sent: Sent }) {
  const items = sent.items ?? []
  const hasSome = items.length > 0
  return (
    <section aria-label={text('collect-elsewhere')}>
      {hasSome && <h2>{text('collect-elsewhere')}</h2>}
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
      <Problem error={sent.problem} again={sent.more} />
      {sent.hasMore && (
        <Button look="quiet" isBusy={sent.isBusy} onClick={sent.more}>
          {text(hasSome ? 'more' : 'collect-elsewhere-look')}
        </Button>
      )}
    </section>
  )
}
