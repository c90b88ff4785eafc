"""Receipts, and bytes as the schema tells of them."""

from __future__ import annotations

import base64
from typing import Any

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers

from accounts import language
from evidence.integrity import receipt as receipts
from evidence.models import ItemReceipt

Out = serializers.Serializer[object]


class ReceiptOut(Out):
    """The signed receipt, readable and as bytes; the bytes are what counts."""

    item = serializers.UUIDField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    received_at = serializers.DateTimeField()
    event = serializers.CharField()
    receipt = serializers.CharField(help_text="RFC 8785 bytes, base64")
    signature = serializers.CharField(help_text="Ed25519, base64")
    key = serializers.CharField(help_text="fingerprint of the log key")
    claimed = serializers.BooleanField()
    duplicate_of = serializers.UUIDField(required=False)
    duplicate_text = serializers.CharField(
        required=False, help_text="what that means, in the caller's language"
    )


def receipt_json(
    kept: ItemReceipt, *, is_duplicate: bool = False, in_language: str = language.DEFAULT
) -> dict[str, Any]:
    """The value of `ReceiptOut`."""
    raw = bytes(kept.raw)
    promise = receipts.decode(raw)
    value = {
        "item": promise.item,
        "sha256": promise.sha256,
        "size": promise.size,
        "received_at": promise.received_at,
        "event": promise.event,
        "receipt": base64.b64encode(raw).decode("ascii"),
        "signature": base64.b64encode(bytes(kept.signature)).decode("ascii"),
        "key": kept.key_fingerprint,
        "claimed": promise.claimed,
    }
    if not is_duplicate:
        return value
    told = language.text("received_again", in_language)
    return {**value, "duplicate_of": promise.item, "duplicate_text": told}


BINARY = OpenApiTypes.BINARY
