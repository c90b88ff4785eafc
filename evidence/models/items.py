"""Evidence items: the file exactly as received, what was said of it, its key and its receipt."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from evidence.models.cases import Case
from evidence.models.proof import ProofModel

SHA256_FORM = r"^[0-9a-f]{64}$"
DIGEST_FORM = r"^[0-9a-f]{64,128}$"


class ItemQuerySet(models.QuerySet["EvidenceItem"]):
    """State is derived from facts, never stored."""

    def kept(self) -> ItemQuerySet:
        """The items that were not erased: erasure destroys the key first of all."""
        return self.filter(key__isnull=False)

    def sealed(self) -> ItemQuerySet:
        """Items that have at least one time-stamp token."""
        return self.filter(tokens__isnull=False).distinct()

    def unsealed(self) -> ItemQuerySet:
        """Items still without any token: a visible state, not a log line."""
        return self.filter(tokens__isnull=True)


class EvidenceItem(ProofModel):
    """One file exactly as received. Written once, never updated.

    What we learn later is a new row beside it (`TimeStampToken`, `Reading`, `Tag`), so there is
    no status column that could disagree with the custody log.
    """

    class Kind(models.TextChoices):
        """What the sender called it; what it is stands in `Reading.format`."""

        CALL_RECORDING = "call_recording", "Call recording"
        CHAT_SCREENSHOT = "chat_screenshot", "Chat screenshot"
        MESSAGE_EXPORT = "message_export", "Message export"
        SCREEN_RECORDING = "screen_recording", "Screen recording"
        DOCUMENT = "document", "Document"
        OTHER = "other", "Other"

    class Origin(models.TextChoices):
        """By which way the bytes came to us; all came in by the one door."""

        UPLOAD = "upload", "Upload"
        WITNESS = "witness", "Witness"
        EXTRACTED = "extracted", "Extracted"
        REDACTION = "redaction", "Redaction"
        PACKAGE = "package", "Package"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=32, choices=Kind)
    origin = models.CharField(max_length=16, choices=Origin, default=Origin.UPLOAD)
    sha256 = models.CharField(max_length=64)  # of the bytes as received, lower-case hex
    size = models.PositiveBigIntegerField()  # bytes
    vault_name = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()  # our own clock, UTC: a claim, not yet a proof
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # null only where nobody of ours brought it: a witness, a file inside an export
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=SHA256_FORM),
                name="evidence_item_sha256_is_lower_hex",
            ),
            models.CheckConstraint(
                condition=models.Q(size__gt=0), name="evidence_item_is_not_empty"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "call_recording",
                        "chat_screenshot",
                        "message_export",
                        "screen_recording",
                        "document",
                        "other",
                    ]
                ),
                name="evidence_item_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    origin__in=["upload", "witness", "extracted", "redaction", "package"]
                ),
                name="evidence_item_origin_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin="upload") | models.Q(uploader__isnull=False),
                name="evidence_item_upload_has_uploader",
            ),
            models.UniqueConstraint(
                fields=["case", "sha256"],
                condition=models.Q(origin="upload"),
                name="evidence_item_once_in_its_case",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class ItemOrigin(models.Model):
    """What the person and the phone said of an item: claims, a learned row, apart from proof."""

    class Source(models.TextChoices):
        """The declaration asked for with each batch (evidence rules, no. 18)."""

        OWN_CALL = "own_call", "A call I took part in"
        RECEIVED = "received", "Received by me"
        THIRD_PARTY_VOLUNTARY = "third_party_voluntary", "Given by a third person"
        OTHER = "other", "Other"

    item = models.OneToOneField(
        EvidenceItem, on_delete=models.PROTECT, primary_key=True, related_name="declared"
    )
    file_name = models.CharField(max_length=255, blank=True)  # as sent; never used as a path
    content_type = models.CharField(max_length=127, blank=True)  # as sent; believed by nobody
    source = models.CharField(max_length=32, choices=Source)
    device = models.CharField(max_length=200, blank=True)
    how = models.TextField(max_length=2000, blank=True)  # how it was taken off the phone
    taken_at = models.DateTimeField(null=True)  # when it was made, as the person says
    captured_at = models.DateTimeField(null=True)  # when the phone took its digest
    claimed_sha256 = models.CharField(max_length=64, blank=True)  # "" when none was named
    batch = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(claimed_sha256="") | models.Q(claimed_sha256__regex=SHA256_FORM),
                name="evidence_origin_claim_is_lower_hex",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    source__in=["own_call", "received", "third_party_voluntary", "other"]
                ),
                name="evidence_origin_source_is_known",
            ),
        ]

    def __str__(self) -> str:
        """The id of its item."""
        return str(self.pk)


class ItemKey(models.Model):
    """The item's data key, wrapped by its case's key. A working row: rotation re-wraps it."""

    item = models.OneToOneField(
        EvidenceItem, on_delete=models.PROTECT, primary_key=True, related_name="key"
    )
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        """The id of its item."""
        return str(self.pk)


class ItemReceipt(ProofModel):
    """The signed receipt v1, byte for byte as it was handed out."""

    item = models.OneToOneField(
        EvidenceItem, on_delete=models.PROTECT, primary_key=True, related_name="receipt"
    )
    raw = models.BinaryField()
    signature = models.BinaryField()
    key_fingerprint = models.CharField(max_length=64)  # of the log key that signed

    def __str__(self) -> str:
        """The id of its item."""
        return str(self.pk)


class ItemDigest(ProofModel):
    """A digest of the item's bytes by another algorithm than SHA-256; its event is `digested`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="digests")
    algorithm = models.CharField(max_length=16)  # its name in `hashlib`: sm3
    digest = models.CharField(max_length=128)  # of the bytes as received, lower-case hex
    computed_at = models.DateTimeField()  # our clock

    class Meta:
        ordering = ["item", "algorithm"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "algorithm"], name="evidence_digest_once_per_algorithm"
            ),
            models.CheckConstraint(
                condition=models.Q(digest__regex=DIGEST_FORM),
                name="evidence_digest_is_lower_hex",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
