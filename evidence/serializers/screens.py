"""What callers get of compared pictures, and what they say of two of them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.language import has_text, text
from evidence.models import ScreenDecision, ScreenPair

Out = serializers.Serializer[object]


class HintOut(Out):
    """What would make a picture better proof, as code and in the caller's language."""

    code = serializers.CharField()
    text = serializers.CharField()


def hints_json(facts: dict[str, Any], language: str) -> list[dict[str, str]]:
    """The value of `HintOut(many=True)`, from the facts of a picture's reading."""
    codes = facts.get("quality")
    known = [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []
    return [
        {"code": code, "text": text(f"quality-{code}", language)}
        for code in known
        if has_text(f"quality-{code}", language)
    ]


class ScreenPairOut(serializers.ModelSerializer[ScreenPair]):
    """Two pictures with something in common."""

    first = serializers.UUIDField(source="first_id")
    second = serializers.UUIDField(source="second_id")
    first_name = serializers.CharField()
    second_name = serializers.CharField()

    class Meta:
        model = ScreenPair
        fields = [
            "first",
            "second",
            "first_name",
            "second_name",
            "kind",
            "message_count",
            "is_sure",
            "counts_once",
        ]


class ScreenStrandOut(Out):
    """Overlapping pictures in their order, and how many messages they hold together."""

    id = serializers.UUIDField()
    items = serializers.ListField(child=serializers.UUIDField(), source="item_ids")
    message_count = serializers.IntegerField()


class ScreensOut(Out):
    """The newest look over a case's pictures; `is_looking` while another one is due."""

    is_looking = serializers.BooleanField()
    pairs = ScreenPairOut(many=True)
    strands = ScreenStrandOut(many=True)


class PairForm(serializers.Serializer[object]):
    """What a person says of two pictures of one case."""

    first = serializers.UUIDField()
    second = serializers.UUIDField()
    decision = serializers.ChoiceField(choices=ScreenDecision.Decision.choices)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Two, not one."""
        if attrs["first"] == attrs["second"]:
            raise serializers.ValidationError({"second": "another picture than the first"})
        return attrs
