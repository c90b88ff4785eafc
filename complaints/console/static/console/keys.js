// Keys for those whose hands stay on the keyboard. Every act has its own link or button: without
// this file the console works as well.
'use strict'

const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable]'

/** The rows that j and k walk through: the cards on the right if there are any, else the list. */
function rows() {
  const lists = [...document.querySelectorAll('[data-rows]')]
  const list = lists.find((one) => one.dataset.rows === 'cards') ?? document.querySelector('main [data-rows]') ?? lists[0]
  return list ? [...list.querySelectorAll('[data-row]')] : []
}

function here(all) {
  const at = all.findIndex((row) => row.contains(document.activeElement))
  return at >= 0 ? at : all.findIndex((row) => row.classList.contains('here') || `#${row.id}` === location.hash)
}

function move(step) {
  const all = rows()
  if (all.length === 0) return
  const at = here(all)
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))
  all.forEach((row) => row.classList.toggle('here', row === all[next]))
  const target = all[next].querySelector('[data-open]') ?? all[next]
  target.focus()
  all[next].scrollIntoView({ block: 'nearest' })
  point(all[next])
}

/** Shows the record that a card is about, beside it. */
function point(row) {
  document.querySelectorAll('.record.here').forEach((one) => one.classList.remove('here'))
  const record = row.dataset.record ? document.getElementById(row.dataset.record) : null
  record?.classList.add('here')
  record?.scrollIntoView({ block: 'nearest' })
}

/** A button or link of that key: of the row one stands on, else one that belongs to no row. */
function keyed(key) {
  const all = rows()
  const row = all[here(all)]
  const found = [...document.querySelectorAll('[data-key]')].filter((one) => one.dataset.key === key)
  return found.find((one) => row?.contains(one)) ?? found.find((one) => !one.closest('[data-row]'))
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (event.key === 'Escape') return void document.activeElement?.blur()
  if (document.activeElement?.matches(TYPING)) return
  if (event.key === 'j' || event.key === 'k') {
    event.preventDefault()
    return move(event.key === 'j' ? 1 : -1)
  }
  if (event.key === 'o') {
    const all = rows()
    all[here(all)]?.querySelector('[data-open]')?.click()
    return
  }
  const focused = document.querySelector(`[data-focus="${CSS.escape(event.key)}"]`)
  const target = focused ?? keyed(event.key)
  if (!target || target.disabled) return
  event.preventDefault()
  if (focused || target.matches('input')) target.focus()
  else target.click()
})

// After a decision the page comes back at the next card: stand on it, so that the next key counts.
if (location.hash.startsWith('#tag-')) {
  const card = document.getElementById(location.hash.slice(1))
  card?.focus()
  if (card) point(card)
}
