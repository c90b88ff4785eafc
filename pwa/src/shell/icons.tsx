// The icons of the bar, drawn for this app; each stands beside its word and says nothing alone.
import type { Tab } from './places'

const PATHS: Readonly<Record<Tab | 'plus' | 'back', string>> = {
  collect: 'M4 13v6a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-6M12 4v10m0 0-4-4m4 4 4-4',
  timeline: 'M6 4v16M6 7h12M6 12h8M6 17h10',
  complaint: 'M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h5',
  me: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.5-6 8-6s8 2 8 6',
  plus: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
}

export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}
