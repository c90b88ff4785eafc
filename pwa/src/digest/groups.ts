// How a digest is shown to people: in groups of four, so that two of them can be read aloud.

export function inGroups(sha256: string): string {
  return sha256.match(/.{1,4}/g)?.join(' ') ?? ''
}
