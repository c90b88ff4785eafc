// Spans of a text: the server counts Unicode code points, a text field counts UTF-16 units.

/** From code points to the units of a text field. */
export function units(words: string, start: number, end: number): [number, number] {
  const all = [...words]
  const length = (to: number) => all.slice(0, to).join('').length
  return [length(start), length(end)]
}

/** From the units of a text field to code points. */
export function points(words: string, start: number, end: number): readonly [number, number] {
  return [[...words.slice(0, start)].length, [...words.slice(0, end)].length]
}
