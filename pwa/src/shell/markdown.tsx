// Our own legal texts as a page: headings, paragraphs, lists, tables, bold. Never raw HTML.
import type { ComponentChildren } from 'preact'

export function Markdown({ source }: { readonly source: string }) {
  return <div class="prose">{blocksOf(source).map(blockOf)}</div>
}

function blocksOf(source: string): string[] {
  return source
    .replace(/\r\n/g, '\n')
    .replace(/^(#{1,6} .*)$/gm, '\n$1\n')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
}

function blockOf(block: string, key: number) {
  const heading = /^(#{1,6}) (.*)$/s.exec(block)
  if (heading !== null) {
    const words = inline(heading[2] ?? '')
    return (heading[1] ?? '').length < 3 ? <h2 key={key}>{words}</h2> : <h3 key={key}>{words}</h3>
  }
  const lines = block.split('\n')
  if (lines.every((line) => /^\s*([-*]|\d+[.、)])\s/.test(line) || /^\s{2,}\S/.test(line))) {
    return <ul key={key}>{listOf(lines).map((line, at) => <li key={at}>{inline(line)}</li>)}</ul>
  }
  if (lines.length > 2 && lines.every((line) => line.startsWith('|'))) return tableOf(lines, key)
  return <p key={key}>{inline(lines.map((line) => line.replace(/^>\s?/, '')).join('\n'))}</p>
}

/** Numbered points keep their number in the words; a bullet's mark is the list's own. */
function listOf(lines: readonly string[]): string[] {
  const items: string[] = []
  for (const line of lines) {
    if (/^\s*([-*]|\d+[.、)])\s/.test(line)) items.push(line.replace(/^\s*[-*]\s+/, '').trim())
    else items[items.length - 1] += ` ${line.trim()}`
  }
  return items
}

function tableOf(lines: readonly string[], key: number) {
  const [head = [], , ...rows] = lines.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
  return (
    <table key={key}>
      <thead><tr>{head.map((cell, at) => <th key={at} scope="col">{inline(cell)}</th>)}</tr></thead>
      <tbody>{rows.map((row, at) => <tr key={at}>{row.map((cell, column) => <td key={column}>{inline(cell)}</td>)}</tr>)}</tbody>
    </table>
  )
}

function inline(words: string): ComponentChildren {
  return words.split(/\*\*(.+?)\*\*/g).map((part, at) => (at % 2 === 1 ? <strong key={at}>{part}</strong> : part))
}
