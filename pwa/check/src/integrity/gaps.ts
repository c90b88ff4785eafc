// The runs of records that are not shown between those that are (docs/formats/exhibit-manifest.md, "Gaps").

export const REASONS: ReadonlySet<string> = new Set(['left_out', 'other_matter', 'private', 'someone_elses', 'repeated'])

export interface Gap {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** The gaps that these shown places leave in a reading of `count` records, in order. */
export function between(shown: Iterable<number>, count: number): Gap[] {
  const found: Gap[] = []
  const add = (from: number, end: number): void => {
    if (end > from) found.push({ from, to: end - 1, count: end - from })
  }
  let expected = 0
  for (const index of [...new Set(shown)].filter((place) => place >= 0 && place < count).sort((one, other) => one - other)) {
    add(expected, index)
    expected = index + 1
  }
  add(expected, count)
  return found
}
