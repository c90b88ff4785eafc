// The server's API, one line each; the shapes are checked against docs/openapi.json.
import { language } from '../language/language'
import type { Server } from '../serverPorts'
import { client, good } from './client'
import { complaintServer } from './complaintServer'
import { bytes } from './http'
import { type Cursor, cursorOf, everyPage } from './pages'
import { session } from './session'
import { witnessLinks } from './witnessLinks'

const itemsPage = (caseId: string, cursor: Cursor) =>
  good(client.GET('/api/cases/{case_id}/items/', { params: { path: { case_id: caseId }, query: { ...cursor } } }))

export const server: Server = {
  ...session,
  me: () => good(client.GET('/api/me/')),
  speak: async (chosen) => void (await good(client.PATCH('/api/me/', { body: { language: chosen } }))),
  recoveryCode: async (passphrase) =>
    (await good(client.POST('/api/account/recovery-code/', { body: { passphrase } }))).code,
  recover: async (username, code, passphrase) => {
    await session.prepare()
    await good(client.POST('/api/recover/', { body: { username, code, new_passphrase: passphrase } }))
  },
  legalText: async (name) =>
    (await good(client.GET('/api/texts/{name}/', { params: { path: { name }, query: { lang: language() } } }))).markdown,

  consents: () => good(client.GET('/api/consents/')),
  consent: async (purposes, version) =>
    void (await good(client.POST('/api/consents/', { body: { purposes: [...purposes], version } }))),
  withdraw: async (purpose) =>
    void (await good(client.DELETE('/api/consents/{purpose}/', { params: { path: { purpose } } }))),

  erasures: async () => (await good(client.GET('/api/me/erasure/'))).results,
  erase: async (caseId, passphrase) => {
    const body = { passphrase }
    if (caseId === null) await good(client.POST('/api/me/erasure/', { body }))
    else await good(client.POST('/api/cases/{case_id}/erasure/', { params: { path: { case_id: caseId } }, body }))
  },
  eraseItem: (id, passphrase) => {
    const params = { path: { item_id: id } }
    return good(client.POST('/api/items/{item_id}/erasure/', { params, body: { passphrase } }))
  },
  takeErasureBack: async (id) =>
    void (await good(client.DELETE('/api/me/erasure/{request_id}/', { params: { path: { request_id: id } } }))),

  cases: () => everyPage((cursor) => good(client.GET('/api/cases/', { params: { query: { ...cursor } } }))),
  openCase: (title) => good(client.POST('/api/cases/', { body: { title } })),
  openToReview: async (id, isOpen) => {
    const params = { path: { case_id: id } }
    if (isOpen) await good(client.POST('/api/cases/{case_id}/open-review/', { params }))
    else await good(client.POST('/api/cases/{case_id}/close-review/', { params }))
  },

  item: (id) => good(client.GET('/api/items/{item_id}/', { params: { path: { item_id: id } } })),
  items: (caseId) => everyPage((cursor) => itemsPage(caseId, cursor)),
  itemsPage: (caseId, page) => itemsPage(caseId, cursorOf(page)),
  waiting: async (caseId) => {
    const page = await itemsPage(caseId, {})
    return page.results.filter(({ state }) => state.waits_for_choice)
  },
  choice: (id) => good(client.GET('/api/items/{item_id}/choice/', { params: { path: { item_id: id } } })),
  choose: (id, { conversations, numbers, files, ...rest }) => {
    const body = { ...rest, conversations: [...conversations], numbers: [...numbers], files: [...files] }
    return good(client.PUT('/api/items/{item_id}/choice/', { params: { path: { item_id: id } }, body }))
  },
  lookAgain: (id) => good(client.POST('/api/items/{item_id}/choice/survey/', { params: { path: { item_id: id } } })),
  place: (id) => good(client.GET('/api/records/{record_id}/place/', { params: { path: { record_id: id } } })),
  records: (item) =>
    everyPage((cursor) =>
      good(client.GET('/api/items/{item_id}/records/', { params: { path: { item_id: item }, query: { ...cursor } } })),
    ),
  waveform: (item) => bytes(`/api/items/${item}/derivatives/waveform/`),
  verify: (item) => good(client.GET('/api/items/{item_id}/verify/', { params: { path: { item_id: item } } })),

  transcript: (item) => good(client.GET('/api/items/{item_id}/transcript/', { params: { path: { item_id: item } } })),
  askForTranscript: (item) =>
    good(client.POST('/api/items/{item_id}/transcript/', { params: { path: { item_id: item } } })),
  writeLine: (item, start, end, words, speaker) => {
    const params = { path: { item_id: item } }
    return good(client.POST('/api/items/{item_id}/transcript/lines/', { params, body: { start_s: start, end_s: end, words, speaker } }))
  },
  decideSegment: (segment, decision, speaker, words) => {
    const params = { path: { segment_id: segment } }
    return good(client.POST('/api/segments/{segment_id}/decision/', { params, body: { decision, speaker, words } }))
  },

  screens: (caseId) => good(client.GET('/api/cases/{case_id}/screens/', { params: { path: { case_id: caseId } } })),
  decidePair: (caseId, first, second, decision) => {
    const params = { path: { case_id: caseId } }
    return good(client.POST('/api/cases/{case_id}/screens/', { params, body: { first, second, decision } }))
  },
  strand: (caseId, id) =>
    good(
      client.GET('/api/cases/{case_id}/strands/{strand_id}/', { params: { path: { case_id: caseId, strand_id: id } } }),
    ),
  timeline: (caseId, filter, page) => {
    const query = { ...filter, ...cursorOf(page) }
    return good(client.GET('/api/cases/{case_id}/timeline/', { params: { path: { case_id: caseId }, query } }))
  },
  decide: async (caseId, tags, decision, reason) => {
    const body = tags.map((tag) => ({ tag, decision, reason }))
    await good(client.POST('/api/cases/{case_id}/decisions/', { params: { path: { case_id: caseId } }, body }))
  },
  correct: async (tag, { kind, words, reason }) => {
    const place = words === null ? {} : { start: words[0], end: words[1] }
    const body = { decision: 'corrected' as const, kind, reason, ...place }
    await good(client.POST('/api/tags/{tag_id}/decision/', { params: { path: { tag_id: tag } }, body }))
  },
  propose: async (record, { kind, words, reason }) => {
    const body = { kind, start: words?.[0] ?? 0, end: words?.[1] ?? 0, reason }
    await good(client.POST('/api/records/{record_id}/tags/', { params: { path: { record_id: record } }, body }))
  },
  kinds: () => good(client.GET('/api/kinds/')),
  findings: (caseId) => good(client.GET('/api/cases/{case_id}/findings/', { params: { path: { case_id: caseId } } })),
  numbers: (caseId) => good(client.GET('/api/cases/{case_id}/numbers/', { params: { path: { case_id: caseId } } })),
  matching: (caseId) => good(client.GET('/api/cases/{case_id}/matching/', { params: { path: { case_id: caseId } } })),
  agreeToMatching: (caseId, version) => {
    const params = { path: { case_id: caseId } }
    if (version === null) return good(client.DELETE('/api/cases/{case_id}/matching/consent/', { params }))
    return good(client.PUT('/api/cases/{case_id}/matching/consent/', { params, body: { version } }))
  },
  nameNumber: (caseId, number, { role, howKnown, lender }) => {
    const params = { path: { case_id: caseId, number } }
    const body = { role, how_known: howKnown, lender }
    return good(client.PUT('/api/cases/{case_id}/numbers/{number}/', { params, body }))
  },
  complaints: complaintServer,
  witnesses: witnessLinks,
}
