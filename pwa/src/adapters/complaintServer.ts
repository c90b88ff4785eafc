// The part of the API that makes complaints and packages.
import { PAPERS } from '../serverPorts'
import type { ComplaintServer } from '../serverPorts'
import { client, good } from './client'

export const complaintServer: ComplaintServer = {
  lenderTypes: () => good(client.GET('/api/lender-types/')),
  routing: (caseId, lenderType) => {
    const params = { path: { case_id: caseId }, query: { lender_type: lenderType } }
    return good(client.GET('/api/cases/{case_id}/routing/', { params }))
  },
  list: async (caseId) =>
    (await good(client.GET('/api/cases/{case_id}/complaints/', { params: { path: { case_id: caseId } } }))).results,
  begin: (caseId, agency, lenderType) => {
    const params = { path: { case_id: caseId } }
    const body = { agency, lender_type: lenderType }
    return good(client.POST('/api/cases/{case_id}/complaints/', { params, body }))
  },
  get: (id) => good(client.GET('/api/complaints/{complaint_id}/', { params: of(id) })),
  answer: (id, answers) => good(client.PATCH('/api/complaints/{complaint_id}/', { params: of(id), body: { answers } })),
  addExhibit: (id, body) => good(client.POST('/api/complaints/{complaint_id}/exhibits/', { params: of(id), body })),
  dropExhibit: (id, code) => good(client.DELETE('/api/complaints/{complaint_id}/exhibits/{code}/', { params: at(id, code) })),
  sayWhyLeftOut: (id, code, reason) =>
    good(client.PATCH('/api/complaints/{complaint_id}/exhibits/{code}/', {
      params: { path: { complaint_id: id, code } },
      body: { gap_reason: reason },
    })),
  redactions: (id, code) =>
    good(client.GET('/api/complaints/{complaint_id}/exhibits/{code}/redactions/', { params: at(id, code) })),
  redact: (id, code, cuts) =>
    good(client.POST('/api/complaints/{complaint_id}/exhibits/{code}/redactions/', {
      params: at(id, code),
      body: 'spans' in cuts ? { spans: cuts.spans.map((span) => [...span]) } : { boxes: cuts.boxes.map((box) => [...box]) },
    })),
  chooseForm: (id, code, redaction) =>
    good(client.PUT('/api/complaints/{complaint_id}/exhibits/{code}/form/', { params: at(id, code), body: { redaction } })),
  preflight: (id) => good(client.GET('/api/complaints/{complaint_id}/preflight/', { params: of(id) })),
  shortPreflight: (caseId, agency) =>
    good(client.GET('/api/cases/{case_id}/short/preflight/', { params: { path: { case_id: caseId }, query: { agency } } })),
  makePackage: async (id) => void (await good(client.POST('/api/complaints/{complaint_id}/package/', { params: of(id) }))),
  packages: async (id) => (await good(client.GET('/api/complaints/{complaint_id}/packages/', { params: of(id) }))).results,
  agencies: async () => (await good(client.GET('/api/agencies/'))).results.map(({ id, name_zh, name_en }) => ({ id, zh: name_zh, en: name_en })),
  filings: async (id) => (await good(client.GET('/api/complaints/{complaint_id}/filings/', { params: of(id) }))).results,
  deadlines: async (id) => {
    const told = await good(client.GET('/api/complaints/{complaint_id}/deadlines/', { params: of(id) }))
    const results = told.results.map((day) => ({ ...day, papers: PAPERS.filter((paper) => day.papers.includes(paper)) }))
    return { ...told, results }
  },
  followUp: async (id, document) => {
    const params = { path: { filing_id: id } }
    return (await good(client.POST('/api/filings/{filing_id}/follow-ups/', { params, body: { document } }))).id
  },
  tellFiling: async (id, told) => {
    const body = { ...told, note: '' }
    await good(client.POST('/api/complaints/{complaint_id}/filings/', { params: of(id), body }))
  },
  tellOutcome: async (id, body) =>
    void (await good(client.POST('/api/filings/{filing_id}/outcomes/', { params: { path: { filing_id: id } }, body }))),
  finish: (id) => good(client.POST('/api/complaints/{complaint_id}/finish/', { params: of(id) })),
}

function of(id: string) {
  return { path: { complaint_id: id } }
}

function at(id: string, code: string) {
  return { path: { complaint_id: id, code } }
}
