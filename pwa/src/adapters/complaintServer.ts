// The part of the API that makes complaints and packages.
import type { Complaint, ComplaintServer, LenderTypes, Package, Preflight, Routing } from '../serverPorts'
import { call } from './http'
import { listOf } from './pages'

export const complaintServer: ComplaintServer = {
  lenderTypes: () => call<LenderTypes>('GET', '/api/lender-types/'),
  routing: (caseId, lenderType) =>
    call<Routing>('GET', `/api/cases/${caseId}/routing/?${new URLSearchParams({ lender_type: lenderType })}`),
  list: (caseId) => listOf<Complaint>(`/api/cases/${caseId}/complaints/`),
  begin: (caseId, agency, lenderType) =>
    call<Complaint>('POST', `/api/cases/${caseId}/complaints/`, { agency, lender_type: lenderType }),
  get: (id) => call<Complaint>('GET', `/api/complaints/${id}/`),
  answer: (id, answers) => call<Complaint>('PATCH', `/api/complaints/${id}/`, { answers }),
  preflight: (id) => call<Preflight>('GET', `/api/complaints/${id}/preflight/`),
  makePackage: (id) => call('POST', `/api/complaints/${id}/package/`),
  packages: (id) => listOf<Package>(`/api/complaints/${id}/packages/`),
  finish: (id) => call<Complaint>('POST', `/api/complaints/${id}/finish/`),
}
