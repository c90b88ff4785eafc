// Boxes on a picture, in whole pixels of the upright picture: drawn, moved and sized, never over its edge.
import type { Box } from '../../serverPorts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** The box between two points, which are parts (0..1) of the picture's width and height. */
export function between(one: readonly [number, number], other: readonly [number, number], picture: Size): Box {
  const [left, right] = [Math.min(one[0], other[0]), Math.max(one[0], other[0])]
  const [top, bottom] = [Math.min(one[1], other[1]), Math.max(one[1], other[1])]
  const x = Math.floor(left * picture.width)
  const y = Math.floor(top * picture.height)
  return inside([x, y, Math.ceil(right * picture.width) - x, Math.ceil(bottom * picture.height) - y], picture)
}

/** The same box, at least one pixel large and within the picture. */
export function inside(box: Box, picture: Size): Box {
  const width = clamp(box[2], 1, picture.width)
  const height = clamp(box[3], 1, picture.height)
  return [clamp(box[0], 0, picture.width - width), clamp(box[1], 0, picture.height - height), width, height]
}

/** A box to begin with, for whoever uses keys: a quarter of the picture, in its middle. */
export function middle(picture: Size): Box {
  const [width, height] = [Math.ceil(picture.width / 2), Math.ceil(picture.height / 8)]
  return inside([Math.round((picture.width - width) / 2), Math.round((picture.height - height) / 2), width, height], picture)
}

/** What an arrow key does: it moves the box, with Shift it changes its size. Null: no such key. */
export function pressed(key: string, isSizing: boolean, box: Box, picture: Size): Box | null {
  const step = Math.max(1, Math.round(picture.width / 100))
  const ways: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, -step],
    ArrowDown: [0, step],
  }
  const way = ways[key]
  if (way === undefined) return null
  const [left, top, width, height] = box
  if (!isSizing) return inside([left + way[0], top + way[1], width, height], picture)
  const wide = clamp(width + way[0], 1, picture.width - left)
  return [left, top, wide, clamp(height + way[1], 1, picture.height - top)]
}

/** Where the box lies on the screen, as parts of the picture in per cent. */
export function placed([left, top, width, height]: Box, picture: Size) {
  const part = (of: number, whole: number) => `${(of / whole) * 100}%`
  return {
    left: part(left, picture.width),
    top: part(top, picture.height),
    width: part(width, picture.width),
    height: part(height, picture.height),
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
