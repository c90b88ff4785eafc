"""What comes in and what goes out about one's own account."""

from __future__ import annotations

from rest_framework import serializers

from .models import Language, Role


class ConsentSerializer(serializers.Serializer[object]):
    """Out: one standing consent."""

    purpose = serializers.CharField()
    version = serializers.CharField(source="text_version")
    given_at = serializers.DateTimeField()


class QuotasSerializer(serializers.Serializer[object]):
    """Out: what the account uses, and what it may use. Bytes are bytes, the rest are counts."""

    bytes_used = serializers.IntegerField()
    bytes_limit = serializers.IntegerField()
    open_uploads = serializers.IntegerField()
    open_uploads_limit = serializers.IntegerField()
    packages_today = serializers.IntegerField()
    packages_limit = serializers.IntegerField()


class MeSerializer(serializers.Serializer[object]):
    """Out: the signed-in account."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    language = serializers.ChoiceField(choices=Language.choices)
    is_sample = serializers.BooleanField()
    consents = ConsentSerializer(many=True)
    second_factor = serializers.BooleanField()
    second_factor_used = serializers.BooleanField()
    has_recovery_code = serializers.BooleanField()
    quotas = QuotasSerializer()


class LanguageSerializer(serializers.Serializer[object]):
    """In: the language to be spoken to in."""

    language = serializers.ChoiceField(choices=Language.choices)


class RecoveryCodeSerializer(serializers.Serializer[object]):
    """Out, once: the code to write on paper."""

    code = serializers.CharField()


class PassphraseSerializer(serializers.Serializer[object]):
    """In: the present passphrase, so that a borrowed phone cannot make a lasting key."""

    passphrase = serializers.CharField(max_length=1024, trim_whitespace=False)


class RecoverSerializer(serializers.Serializer[object]):
    """In: the way back for a person who forgot the passphrase."""

    username = serializers.CharField(max_length=64)
    code = serializers.CharField(max_length=128)
    new_passphrase = serializers.CharField(max_length=1024, trim_whitespace=False)


class TextSerializer(serializers.Serializer[object]):
    """Out: one legal text."""

    name = serializers.CharField()
    language = serializers.CharField()
    version = serializers.CharField()
    markdown = serializers.CharField()
