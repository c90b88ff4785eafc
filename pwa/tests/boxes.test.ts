// Boxes on a picture: whole pixels, never over the edge, the same by finger and by keys.
import { expect, test } from 'vitest'
import { between, inside, middle, placed, pressed } from '../src/screens/complaint/boxes'

const PICTURE = { width: 720, height: 1280 }

test('a drawn box covers every pixel that was touched, whichever way it was drawn', () => {
  const down = between([0.1001, 0.1], [0.5, 0.2], PICTURE)
  const up = between([0.5, 0.2], [0.1001, 0.1], PICTURE)

  expect(down).toEqual([72, 128, 288, 128])
  expect(up).toEqual(down)
})

test('a touch without a way is one pixel, also in the last corner', () => {
  expect(between([0, 0], [0, 0], PICTURE)).toEqual([0, 0, 1, 1])
  expect(between([1, 1], [1, 1], PICTURE)).toEqual([719, 1279, 1, 1])
})

test('no box lies over the edge', () => {
  expect(inside([-5, 1270, 900, 40], PICTURE)).toEqual([0, 1240, 720, 40])
})

test('keys move and size a box and stop at the edge', () => {
  const box = middle(PICTURE)
  expect(box).toEqual([180, 560, 360, 160])
  expect(pressed('ArrowLeft', false, box, PICTURE)).toEqual([173, 560, 360, 160])
  expect(pressed('ArrowDown', true, box, PICTURE)).toEqual([180, 560, 360, 167])
  expect(pressed('ArrowRight', true, [0, 0, 719, 9], PICTURE)).toEqual([0, 0, 720, 9])
  expect(pressed('ArrowLeft', true, [0, 0, 3, 9], PICTURE)).toEqual([0, 0, 1, 9])
  expect(pressed('Enter', false, box, PICTURE)).toBeNull()
})

test('the screen shows a box where it lies', () => {
  expect(placed([180, 640, 360, 128], PICTURE)).toEqual({ left: '25%', top: '50%', width: '50%', height: '10%' })
})
