// The part of the API that makes witness links and reads what came through them.
import type { WitnessLinks } from '../serverPorts'
import { client, good } from './client'

export const witnessLinks: WitnessLinks = {
  links: async (caseId) =>
    (await good(client.GET('/api/cases/{case_id}/witness-links/', { params: { path: { case_id: caseId } } }))).results,
  invite: async (caseId, label) =>
    (await good(client.POST('/api/cases/{case_id}/witness-links/', { params: { path: { case_id: caseId } }, body: { label } }))).url,
  revoke: async (link) => void (await good(client.DELETE('/api/witness-links/{link_id}/', { params: { path: { link_id: link } } }))),
  statement: (link) => good(client.GET('/api/witness-links/{link_id}/statement/', { params: { path: { link_id: link } } })),
  beside: (complaint) =>
    good(client.GET('/api/complaints/{complaint_id}/witnesses/', { params: { path: { complaint_id: complaint } } })),
  chooseForm: (complaint, link, form) => {
    const params = { path: { complaint_id: complaint, link_id: link } }
    return good(client.PUT('/api/complaints/{complaint_id}/witnesses/{link_id}/', { params, body: { form } }))
  },
}
