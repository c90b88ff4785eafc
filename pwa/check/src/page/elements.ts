// Elements, without markup in strings: names of files are never read as HTML.

type Child = Node | string

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** A digest in groups of four, as it stands on paper. */
export function grouped(digest: string): string {
  return (digest.match(/.{1,4}/g) ?? []).join(' ')
}
