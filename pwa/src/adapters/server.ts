// The server's API, one line each. Shapes: docs/openapi.json.
import { language } from '../language/language'
import type { Case, ConsentPurpose, Finding, Item, Me, Page, PhoneNumber, Server, TimelineRecord, Verdict } from '../serverPorts'
import type { Receipt } from '../ports'
import { complaintServer } from './complaintServer'
import { bytes, call } from './http'
import { listOf, samePath } from './pages'
import { session } from './session'

export const server: Server = {
  ...session,
  me: () => call<Me>('GET', '/api/me/'),
  speak: (chosen) => call('PATCH', '/api/me/', { language: chosen }),
  recoveryCode: async (passphrase) =>
    (await call<{ code: string }>('POST', '/api/account/recovery-code/', { passphrase })).code,
  legalText: async (name) => (await call<{ markdown: string }>('GET', `/api/texts/${name}/?lang=${language()}`)).markdown,
  consents: () => listOf<ConsentPurpose>('/api/consents/'),
  consent: (purposes, version) => call('POST', '/api/consents/', { purposes, version }),
  withdraw: (purpose) => call('DELETE', `/api/consents/${purpose}/`),
  cases: () => listOf<Case>('/api/cases/'),
  openCase: (title) => call<Case>('POST', '/api/cases/', { title }),
  openToReview: (id, isOpen) => call('POST', `/api/cases/${id}/${isOpen ? 'open' : 'close'}-review/`),
  items: (caseId) => listOf<Item>(`/api/cases/${caseId}/items/`),
  item: (id) => call<Item>('GET', `/api/items/${id}/`),
  records: (item) => listOf<TimelineRecord>(`/api/items/${item}/records/`),
  waveform: (item) => bytes(`/api/items/${item}/derivatives/waveform/`),
  receipt: (item) => call<Receipt>('GET', `/api/items/${item}/receipt/`),
  verify: (item) => call<Verdict>('GET', `/api/items/${item}/verify/`),
  timeline: (caseId, filter, page) =>
    call<Page<TimelineRecord>>('GET', page !== undefined ? samePath(page) : `/api/cases/${caseId}/timeline/?${new URLSearchParams({ ...filter })}`),
  decide: (tag, decision, kind) =>
    call('POST', `/api/tags/${tag}/decision/`, kind === undefined ? { decision } : { decision, kind }),
  findings: (caseId) => listOf<Finding>(`/api/cases/${caseId}/findings/`),
  numbers: (caseId) => listOf<PhoneNumber>(`/api/cases/${caseId}/numbers/`),
  nameNumber: (caseId, number, role, howKnown) =>
    call('PUT', `/api/cases/${caseId}/numbers/${encodeURIComponent(number)}/`, { role, how_known: howKnown }),
  complaints: complaintServer,
}
