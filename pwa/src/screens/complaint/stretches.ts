// Stretches of a recording in whole milliseconds: as a person typed them, never over its end.
import type { Stretch } from '../../serverPorts'
import { secondsOf } from '../timeField'

/** A field shows tenths: whoever takes the end of a recording means its end. */
const TENTH_MS = 100

export type Refusal = 'cover-time-wrong' | 'cover-time-beyond'

/** The stretch that two fields tell, or why they tell none. */
export function stretchOf(from: string, to: string, lasts: number): Stretch | Refusal {
  const [start, end] = [millisecondsOf(from), millisecondsOf(to)]
  if (start === null || end === null || start >= end) return 'cover-time-wrong'
  if (start >= lasts || end > lasts + TENTH_MS) return 'cover-time-beyond'
  return [start, Math.min(end, lasts)]
}

/** The list with one more, in time order; the same once. */
export function withStretch(list: readonly Stretch[], one: Stretch): readonly Stretch[] {
  const isThere = list.some(([from, to]) => from === one[0] && to === one[1])
  return isThere ? list : [...list, one].sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

function millisecondsOf(written: string): number | null {
  const seconds = secondsOf(written)
  return seconds === null ? null : Math.round(seconds * 1000)
}
