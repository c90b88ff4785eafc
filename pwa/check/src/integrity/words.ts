// The closed lists of a custody event (docs/formats/custody-event.md, "Acts"); a test holds them against Python's.

export const ACTS: ReadonlySet<string> = new Set(
  (
    'upload_begun received received_again refused discarded declared described selected extracted stored ' +
    'sealed stamped restamped published checked fault_found digested ' +
    'read derived tagged decided matched ' +
    'opened released release_refused exported ' +
    'case_begun case_opened case_closed case_viewed case_assigned case_concluded ' +
    'drafted exhibited review_asked reviewed approved redacted packaged filed answered escalated withdrawn ' +
    'witness_invited witness_bound witness_stated witness_revoked ' +
    'account_made staff_invited role_changed signed_in sign_in_refused second_factor_set second_factor_removed ' +
    'recovered account_suspended account_restored consented consent_withdrawn erasure_asked erasure_cancelled ' +
    'erased erasure_replayed held hold_ended ' +
    'house_made key_rotated keys_rewrapped keys_backed_up backed_up restored moved'
  ).split(' '),
)

export const SUBJECTS: ReadonlySet<string> = new Set(
  'item upload batch case complaint package account witness_link checkpoint house'.split(' '),
)

export const ACTORS: ReadonlySet<string> = new Set(
  'borrower reviewer approver auditor operator witness system stranger'.split(' '),
)
