"""The closed lists of custody event v1: acts, kinds of subject, kinds of actor.

A word here is for ever: lists grow at the end of their group, nothing is renamed or taken out
(docs/formats/custody-event.md, "How the lists grow").
"""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What was done. The value is the word on the wire."""

    # Bytes come in
    UPLOAD_BEGUN = "upload_begun"
    RECEIVED = "received"
    RECEIVED_AGAIN = "received_again"  # the same bytes twice in one case: one item
    REFUSED = "refused"
    DISCARDED = "discarded"  # bytes of an upload or derivative were dropped
    DECLARED = "declared"  # source declaration of a batch
    DESCRIBED = "described"  # what the person says about an item
    SELECTED = "selected"  # what of an export may be stored as records
    EXTRACTED = "extracted"  # a file inside an export became an item
    STORED = "stored"  # an envelope came into the vault
    # Proof
    SEALED = "sealed"
    STAMPED = "stamped"  # a checkpoint got an outside token
    RESTAMPED = "restamped"  # renewal before a certificate or algorithm ends
    PUBLISHED = "published"  # a checkpoint was shown to strangers
    CHECKED = "checked"
    FAULT_FOUND = "fault_found"
    DIGESTED = "digested"  # another digest of the same bytes was computed
    # What the house learned, what a person decided
    READ = "read"
    DERIVED = "derived"  # playable copy, page picture, transcript draft
    TAGGED = "tagged"
    DECIDED = "decided"
    MATCHED = "matched"  # the same collector in another consenting case
    # Bytes go out
    OPENED = "opened"  # plain bytes shown to someone, once an hour per item and session
    RELEASED = "released"
    RELEASE_REFUSED = "release_refused"
    EXPORTED = "exported"  # a person's own data handed to that person
    # A case and its review
    CASE_BEGUN = "case_begun"
    CASE_OPENED = "case_opened"  # its borrower opened it to review
    CASE_CLOSED = "case_closed"  # ... and closed it again
    CASE_VIEWED = "case_viewed"  # staff looked into it
    CASE_ASSIGNED = "case_assigned"
    CASE_CONCLUDED = "case_concluded"
    # A complaint
    DRAFTED = "drafted"
    EXHIBITED = "exhibited"
    REVIEW_ASKED = "review_asked"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    REDACTED = "redacted"
    PACKAGED = "packaged"
    FILED = "filed"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"
    # Third persons
    WITNESS_INVITED = "witness_invited"
    WITNESS_BOUND = "witness_bound"
    WITNESS_STATED = "witness_stated"
    WITNESS_REVOKED = "witness_revoked"
    # People
    ACCOUNT_MADE = "account_made"
    STAFF_INVITED = "staff_invited"
    ROLE_CHANGED = "role_changed"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERED = "recovered"
    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_RESTORED = "account_restored"
    CONSENTED = "consented"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_CANCELLED = "erasure_cancelled"
    ERASED = "erased"
    ERASURE_REPLAYED = "erasure_replayed"  # after a restore
    HELD = "held"  # kept back from erasure by law
    HOLD_ENDED = "hold_ended"
    # The house itself
    HOUSE_MADE = "house_made"
    KEY_ROTATED = "key_rotated"
    KEYS_REWRAPPED = "keys_rewrapped"
    KEYS_BACKED_UP = "keys_backed_up"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    MOVED = "moved"  # the storage root went elsewhere


class Subject(StrEnum):
    """What the act was done to: one chain of events each."""

    ITEM = "item"
    UPLOAD = "upload"
    BATCH = "batch"
    CASE = "case"
    COMPLAINT = "complaint"
    PACKAGE = "package"
    ACCOUNT = "account"
    WITNESS_LINK = "witness_link"
    CHECKPOINT = "checkpoint"
    HOUSE = "house"


class ActorType(StrEnum):
    """In which part somebody acted."""

    BORROWER = "borrower"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    WITNESS = "witness"
    SYSTEM = "system"
    STRANGER = "stranger"  # nobody signed in: a refused sign-in, a capability unknown to us
