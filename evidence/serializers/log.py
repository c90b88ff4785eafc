"""Answers about the Merkle log (docs/formats/log.md, "Proofs over HTTP")."""

from __future__ import annotations

from rest_framework import serializers

Out = serializers.Serializer[object]


class LogEntryOut(Out):
    """One event's place under the newest checkpoint; null while it waits."""

    event = serializers.CharField()
    act = serializers.CharField()
    leaf_data = serializers.CharField()
    index = serializers.IntegerField(allow_null=True)
    path = serializers.ListField(child=serializers.CharField(), allow_null=True)


class CheckpointTokenOut(Out):
    """What one outside TSA stamped over a checkpoint."""

    source = serializers.CharField()  # type: ignore[assignment]  # the API's own word
    gen_time = serializers.DateTimeField()
    response = serializers.CharField(help_text="RFC 3161 response in DER, base64")


class LogOutsideOut(Out):
    """The item's outside time: the first stamped checkpoint that covers its arrival."""

    checkpoint = serializers.CharField()
    index = serializers.IntegerField()
    path = serializers.ListField(child=serializers.CharField())
    tokens = CheckpointTokenOut(many=True)


class LogProofsOut(Out):
    """Where an item's events stand in the log."""

    v = serializers.IntegerField()
    checkpoint = serializers.CharField(allow_null=True)
    entries = LogEntryOut(many=True)
    outside = LogOutsideOut(allow_null=True)


class ConsistencyOut(Out):
    """That the newer log begins with the older one."""

    v = serializers.IntegerField()
    old = serializers.CharField()
    new = serializers.CharField()
    path = serializers.ListField(child=serializers.CharField())
