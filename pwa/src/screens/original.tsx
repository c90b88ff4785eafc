// The original: a picture with the place of one record marked, a player with its waveform, or a download.
import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import { durationText } from '../language/times'
import type { Item, TimelineRecord } from '../serverPorts'
import { useApp } from '../shell/app'
import { useLoad } from '../shell/load'
import { Button } from '../shell/parts'
import { usePlayer } from './player'
import { TranscriptCard } from './transcript'

/** A message of a film is on the screen for a moment: so long is played from its second. */
const AROUND_S = 4

export function Original({ item, record }: { readonly item: Item; readonly record: string | null }) {
  if (item.kind === 'call_recording' || isRecording(item)) return <Recording item={item} record={record} />
  if (item.kind === 'chat_screenshot') return <Picture item={item} record={record} />
  return <Download item={item} />
}

/** What it is stands in its reading, whatever the person called it when it came. */
function isRecording({ reading }: Item): boolean {
  return reading !== null && reading.reader === 'recording' && reading.problem === null
}

/** Shown when asked for: whoever looks over the shoulder sees nothing by accident. */
function Picture({ item, record }: { readonly item: Item; readonly record: string | null }) {
  const [isShown, setShown] = useState(record !== null)
  const [isDrawn, setDrawn] = useState(false)
  if (!isShown) return <Button onClick={() => setShown(true)}>{text('show-picture')}</Button>
  return (
    <>
      <span class="place">
        <img
          class="original"
          src={sourceOf(item, 'page')}
          alt={text('picture-alt', { name: item.file_name })}
          onLoad={() => setDrawn(true)}
        />
        {record !== null && isDrawn && <PlaceOf item={item} record={record} />}
      </span>
      <Download item={item} />
    </>
  )
}

/** The box of one bubble, as parts of the picture's width and height; the picture must have its height. */
function PlaceOf({ item, record }: { readonly item: Item; readonly record: string }) {
  const { server } = useApp()
  const records = useLoad(() => server.records(item.id), [item.id])
  const found = records.value?.find((one) => one.id === record)
  const box = found === undefined ? null : boxOf(found, item)
  if (box === null) return null
  const [left, top, width, height] = box.map((part) => `${part * 100}%`) as [string, string, string, string]
  return <span class="box" ref={show} style={{ left, top, width, height }} aria-hidden="true" />
}

/** One field of a JSON value whose shape depends on the reader. */
function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function show(box: HTMLElement | null): void {
  box?.scrollIntoView({ block: 'center' })
}

/** The copy made for viewing or listening where there is one, else the bytes as received. */
function sourceOf(item: Item, derivative: string): string {
  return `/api/items/${item.id}/${item.derivatives.includes(derivative) ? `derivatives/${derivative}` : 'content'}/`
}

function boxOf(record: TimelineRecord, item: Item): readonly number[] | null {
  const box = fieldOf(record.locator, 'box')
  const [width, height] = [fieldOf(item.reading?.facts, 'width'), fieldOf(item.reading?.facts, 'height')]
  if (!Array.isArray(box) || box.length !== 4 || typeof width !== 'number' || typeof height !== 'number') return null
  const [x, y, w, h] = box.map(Number) as [number, number, number, number]
  return [x / width, y / height, w / width, h / height]
}

/** Films that browsers play; of others the sound can be heard, as of a recording. */
const FILMS: readonly string[] = ['mp4', 'matroska']

function isFilm({ reading }: Item): boolean {
  return reading !== null && FILMS.includes(reading.format) && typeof fieldOf(reading.facts, 'width') === 'number'
}

function Recording({ item, record }: { readonly item: Item; readonly record: string | null }) {
  const wave = useWaveform(item)
  const { player, play } = usePlayer()
  const milliseconds = fieldOf(item.reading?.facts, 'duration_ms')
  return (
    <>
      <div class="card">
        {wave !== undefined && <Wave heights={wave} />}
        {isFilm(item) ? <Film item={item} player={player} /> : <Sound item={item} player={player} />}
        {record !== null && <SecondsOf item={item} record={record} play={play} />}
        {typeof milliseconds === 'number' && (
          <p class="hint">{text('duration', { duration: durationText(milliseconds / 1000) })}</p>
        )}
        {!isFilm(item) && item.derivatives.includes('playable') && <p class="hint">{text('player-is-copy')}</p>}
        <Download item={item} />
      </div>
      {item.reading !== null && <TranscriptCard item={item.id} play={play} now={() => player.current?.currentTime ?? 0} />}
    </>
  )
}

interface PlayerProps {
  readonly item: Item
  readonly player: RefObject<HTMLMediaElement | null>
}

function Sound({ item, player }: PlayerProps) {
  return (
    <audio
      ref={player as RefObject<HTMLAudioElement>}
      controls
      preload="none"
      src={sourceOf(item, 'playable')}
      aria-label={text('player', { name: item.file_name })}
    />
  )
}

/** Nothing is loaded and no picture is shown before somebody presses play. */
function Film({ item, player }: PlayerProps) {
  return (
    <video
      class="original"
      ref={player as RefObject<HTMLVideoElement>}
      controls
      playsInline
      preload="none"
      src={`/api/items/${item.id}/content/`}
      aria-label={text('player-film', { name: item.file_name })}
    />
  )
}

interface SecondsProps {
  readonly item: Item
  readonly record: string
  readonly play: (from: number, to: number) => void
}

/** The second of a recording at which one record stands, one tap away. */
function SecondsOf({ item, record, play }: SecondsProps) {
  const { server } = useApp()
  const records = useLoad(() => server.records(item.id), [item.id])
  const found = records.value?.find((one) => one.id === record)
  const seconds = found === undefined ? undefined : fieldOf(found.locator, 'seconds')
  const [from, to] = Array.isArray(seconds) ? seconds.map(Number) : []
  if (found === undefined || found.kind === 'recording' || from === undefined) return null
  const shown = Math.max(to ?? from, from + AROUND_S)
  return (
    <>
      {found.text !== '' && <blockquote class="words">{found.text}</blockquote>}
      <Button onClick={() => play(Math.max(0, from - 0.5), shown)}>▶ {text('play-at', { at: durationText(from) })}</Button>
    </>
  )
}

/** 0..100 per bucket; absent while the recording is not read yet. */
function useWaveform(item: Item): Uint8Array | undefined {
  const { server } = useApp()
  const hasWave = item.derivatives.includes('waveform')
  const wave = useLoad(() => (hasWave ? server.waveform(item.id) : Promise.resolve(new Uint8Array())), [item.id, hasWave])
  return wave.value !== undefined && wave.value.length > 0 ? wave.value : undefined
}

function Wave({ heights }: { readonly heights: Uint8Array }) {
  const path = [...heights].map((height, at) => `M${at + 0.5} ${50 - height / 2}V${50 + height / 2 + 0.5}`).join('')
  return (
    <svg class="wave" viewBox={`0 0 ${heights.length} 100`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} stroke="currentColor" stroke-width="0.7" />
    </svg>
  )
}

function Download({ item }: { readonly item: Item }) {
  return (
    <p>
      <a class="button quiet" href={`/api/items/${item.id}/content/`} download={item.file_name}>{text('download-original')}</a>
    </p>
  )
}
