"""The one table from an error's stable code to its HTTP status.

A code stays for ever; so does its line (docs/formats/problems.md). 460 is tus's own. Codes of
other rooms that are not listed answer 400.
"""

from __future__ import annotations

STATUS: dict[str, int] = {
    # HTTP itself
    "body_unreadable": 400,
    "invalid_input": 400,
    "bad_request": 400,
    "not_signed_in": 401,
    "not_allowed": 403,
    "csrf_failed": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "not_acceptable": 406,
    "body_too_large": 413,
    "media_type_unsupported": 415,
    "too_many_requests": 429,
    "internal_error": 500,
    "try_again": 503,
    # accounts
    "account_error": 400,
    "quota_spent": 403,
    "recovery_refused": 403,
    "passphrase_refused": 400,
    "passphrase_wrong": 403,
    "invitation_refused": 403,
    "second_factor_needed": 403,
    # evidence
    "evidence_error": 400,
    "vault_truncated": 500,
    "vault_name_taken": 500,
    "append_only": 409,
    "digest_malformed": 400,
    "digest_mismatch": 422,
    "empty_file": 400,
    "too_large": 413,
    "use_resumable_upload": 413,
    "unknown_kind": 400,
    "unknown_purpose": 400,
    "unknown_tag_kind": 400,
    "tag_span_outside": 400,
    "consent_missing": 403,
    "consent_outdated": 409,
    "item_unreadable": 410,
    "erased_before": 409,
    "case_held": 409,
    "vault_storage_failed": 503,
    "custody_busy": 503,
    "log_checkpoint_unknown": 404,
    "log_cosignature_refused": 400,
    "log_damaged": 500,
    "upload_busy": 423,
    "upload_ended": 410,
    "upload_expired": 410,
    "upload_incomplete": 409,
    "upload_overrun": 413,
    "offset_mismatch": 409,
    "checksum_mismatch": 460,
    "checksum_unsupported": 400,
    "tus_version_unsupported": 412,
    "tus_header_malformed": 400,
    "vault_damaged": 500,
    "vault_header_unknown": 500,
    "vault_key_unwrap_failed": 500,
    "vault_over_limit": 413,
    # complaints
    "complaint_error": 400,
    "complaint_finished": 409,
    "exhibit_withholds_nothing": 409,
    "document_not_written_here": 409,
    "preflight_blocks": 409,
    "answer_not_valid": 400,
    "case_not_opened_to_review": 403,
    "case_held_by_another": 409,
    "case_not_claimed": 409,
    "approval_needs_second_person": 409,
    "review_note_missing": 400,
    "review_decided_already": 409,
    "exhibits_not_opened": 409,
    "draft_changed": 409,
    "package_not_offered": 409,
    "package_under_way": 409,
    "redaction_not_possible": 409,
    "redaction_too_many_copies": 409,
    "redaction_not_made": 409,
    "redaction_failed": 409,
    "redaction_removes_nothing": 400,
    "redaction_too_many_places": 400,
    "redaction_place_empty": 400,
    "redaction_place_outside": 400,
    "erasure_begun": 409,
    "erasure_not_due": 409,
}
DEFAULT_STATUS = 400


def status_of(code: str) -> int:
    """Give the HTTP status of a code."""
    return STATUS.get(code, DEFAULT_STATUS)
