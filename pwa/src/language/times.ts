// Times are stored in UTC and shown as 北京时间; sizes in the units a phone shows.
import { language, text } from './language'

function format(options: Intl.DateTimeFormatOptions, tag: () => string = language): (at: string | Date) => string {
  return (at) =>
    new Intl.DateTimeFormat(tag(), { timeZone: 'Asia/Shanghai', hourCycle: 'h23', ...options }).format(new Date(at))
}

/** Year first in both languages: 11/03 is two different days, and a clerk may read either. */
export const fullTime = format(
  { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  () => 'sv-SE',
)
export const dayName = format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' })
export const clockTime = format({ hour: '2-digit', minute: '2-digit' })

/** The day in Beijing as YYYY-MM-DD, by which lists are grouped. */
export function beijingDay(at: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date(at))
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return text('size-bytes', { n: bytes })
  const units = ['KB', 'MB', 'GB'] as const
  let value = bytes
  let unit = -1
  do {
    value /= 1024
    unit += 1
  } while (value >= 1024 && unit < units.length - 1)
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

export function durationText(seconds: number): string {
  const whole = Math.round(seconds) // first: 59.6 s is 1:00, never 0:60
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** A place in a recording to a tenth of a second: `1:05.3`, as a person can type it. */
export function tenthText(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100)
  const seconds = (tenths % 600) / 10
  return `${Math.floor(tenths / 600)}:${seconds.toFixed(1).padStart(4, '0')}`
}
