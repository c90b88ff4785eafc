// The page around every screen: name, quick exit, four places, the round +.
import type { ComponentChildren } from 'preact'
import { text } from '../language/language'
import { useApp } from './app'
import { Icon } from './icons'
import { Mark } from './parts'
import { quickExit, tabOf } from './places'
import type { Tab } from './places'

/** A form with fields down the page: the round + would lie on one of them while scrolling. */
const WITHOUT_PLUS: ReadonlySet<string> = new Set(['choose'])

const TABS: readonly Tab[] = ['collect', 'timeline', 'complaint', 'me']

export function Frame({ children, onAdd }: { readonly children: ComponentChildren; readonly onAdd: () => void }) {
  const { place, go, back, person } = useApp()
  const tab = tabOf(place)
  const isDeep = place.name !== tab
  return (
    <>
      <header class="top">
        {isDeep ? (
          <button type="button" class="button quiet" onClick={back}>
            <Icon name="back" />
            {text('back')}
          </button>
        ) : (
          <span class="brand">
            <Mark size={32} />
            {text('app-name')}
            {person.isSample && <em class="sample">{text('sample')}</em>}
          </span>
        )}
        <QuickExit />
      </header>
      <main id="main">{children}</main>
      {tab !== 'complaint' && !WITHOUT_PLUS.has(place.name) && (
        <button type="button" class="plus" aria-label={text('add-evidence')} onClick={onAdd}>
          <Icon name="plus" />
        </button>
      )}
      <nav class="bar" aria-label={text('places')}>
        {TABS.map((name) => (
          <button type="button" key={name} aria-current={name === tab ? 'page' : undefined} onClick={() => go({ name })}>
            <Icon name={name} />
            {text(`place-${name}`)}
          </button>
        ))}
      </nav>
    </>
  )
}

export function QuickExit() {
  return (
    <button type="button" class="button quiet exit" onClick={quickExit}>
      {text('quick-exit')}
    </button>
  )
}
