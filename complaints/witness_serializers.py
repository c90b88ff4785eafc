"""What comes in from a witness's page and what goes out about witness links."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Language
from complaints.bundle.third_person import DESKS, Answers, Consent
from complaints.models import LinkState, WitnessForm, WitnessStatement
from evidence.serializers.receipts import ReceiptOut

In = serializers.Serializer[Any]
Out = serializers.Serializer[Any]
RELATIONS = ("relative", "friend", "colleague", "neighbour", "other")
CHANNELS = ("call", "text", "chat", "visit", "other")
YES_NO = ("yes", "no")
YES_NO_UNSURE = ("yes", "no", "unsure")
WISHES = WitnessStatement.Wish.choices


class NewWitnessLink(In):
    """Whom it is for, as the borrower notes it for themselves."""

    label = serializers.CharField(max_length=60, allow_blank=True, default="")  # type: ignore[assignment]  # the API's own word


class TokenIn(In):
    """What stood in the fragment of the address."""

    token = serializers.CharField(max_length=64)


class ConsentsField(In):
    """For each kind of desk what may leave."""

    police = serializers.ChoiceField(choices=WISHES)
    regulator = serializers.ChoiceField(choices=WISHES)
    lender = serializers.ChoiceField(choices=WISHES)


class StatementIn(In):
    """A statement in the person's own words, and how far their consent goes."""

    language = serializers.ChoiceField(choices=Language.choices)
    relation = serializers.ChoiceField(choices=RELATIONS)
    guarantor = serializers.ChoiceField(choices=YES_NO_UNSURE)
    channel = serializers.ChoiceField(choices=CHANNELS)
    when = serializers.CharField(max_length=100)
    number = serializers.CharField(max_length=60, allow_blank=True, default="")
    who = serializers.CharField(max_length=200, allow_blank=True, default="")
    said = serializers.CharField(max_length=4000)
    told_of_debt = serializers.ChoiceField(choices=YES_NO_UNSURE)
    asked_to_stop = serializers.ChoiceField(choices=YES_NO)
    after = serializers.CharField(max_length=2000, allow_blank=True, default="")
    consents = ConsentsField()
    name = serializers.CharField(max_length=60, allow_blank=True, default="")
    phone = serializers.CharField(max_length=30, allow_blank=True, default="")
    may_be_asked = serializers.ChoiceField(choices=YES_NO)
    agrees = serializers.BooleanField(help_text="to the words of `witness-terms-1`")

    def validate_agrees(self, value: bool) -> bool:
        """Without consent nothing is taken in."""
        if not value:
            raise serializers.ValidationError("without consent nothing is taken in")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Who is named needs a name; who is named nowhere is not asked, so none is kept."""
        if WitnessStatement.Wish.NAMED not in attrs["consents"].values():
            return {**attrs, "name": "", "phone": ""}
        if len(attrs["name"]) < 2:
            raise serializers.ValidationError({"name": "who wants to be named needs a name"})
        return attrs

    def answers(self) -> Answers:
        """What happened."""
        said = self.validated_data
        return Answers(**{name: said[name] for name in Answers.__annotations__})

    def consent(self) -> Consent:
        """Who it is, and what may leave."""
        said = self.validated_data
        told = {name: said[name] for name in Consent.__annotations__}
        return Consent(**{**told, "consents": dict(said["consents"])})


class PictureIn(In):
    """One picture of the witness's own (multipart)."""

    file = serializers.FileField(allow_empty_file=True)  # 0 bytes: intake refuses it by name
    claimed_sha256 = serializers.CharField(max_length=64, allow_blank=True, default="")


class BoundOut(Out):
    """The link is this browser's now. `secret` is shown this once."""

    secret = serializers.CharField()
    expires_at = serializers.DateTimeField()


class WitnessReceiptOut(Out):
    """One thing that was taken in, with its receipt."""

    part = serializers.ChoiceField(choices=["statement", "consent", "picture"])
    receipt = ReceiptOut()


class AnswerStandingOut(Out):
    """How the witness's own answer stands."""

    state = serializers.ChoiceField(choices=LinkState.choices)
    is_revoked = serializers.BooleanField()
    expires_at = serializers.DateTimeField()
    pictures_left = serializers.IntegerField()
    receipts = WitnessReceiptOut(many=True)


class WitnessLinkOut(Out):
    """One link as its borrower sees it. `url` stands once, in the answer that made it."""

    id = serializers.UUIDField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # the API's own word
    state = serializers.ChoiceField(choices=LinkState.choices)
    is_revoked = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    bound_at = serializers.DateTimeField(allow_null=True)
    stated_at = serializers.DateTimeField(allow_null=True)
    erased_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField(required=False)


class WitnessLinksOut(Out):
    """The links of one case, newest first."""

    results = WitnessLinkOut(many=True)


class AnswersOut(Out):
    """What happened, in the witness's words."""

    relation = serializers.CharField()
    guarantor = serializers.CharField()
    channel = serializers.CharField()
    when = serializers.CharField()
    number = serializers.CharField(allow_blank=True)
    who = serializers.CharField(allow_blank=True)
    said = serializers.CharField()
    told_of_debt = serializers.CharField()
    asked_to_stop = serializers.CharField()
    after = serializers.CharField(allow_blank=True)


class StatementOut(Out):
    """One statement as the borrower reads it; a name only where a desk is to be told it."""

    answers = AnswersOut()
    consents = ConsentsField()
    name = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    may_be_asked = serializers.CharField()
    written_at = serializers.DateTimeField()
    item = serializers.UUIDField()
    sha256 = serializers.CharField()
    pictures = serializers.ListField(child=serializers.UUIDField())


class WitnessFormIn(In):
    """How one statement goes along with one complaint."""

    form = serializers.ChoiceField(choices=WitnessForm.Form.choices)


class WitnessInComplaint(Out):
    """One statement beside one complaint: what the witness allows, what the borrower chose."""

    link = serializers.UUIDField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # the API's own word
    desk = serializers.ChoiceField(choices=DESKS)
    consent = serializers.ChoiceField(choices=WISHES)
    form = serializers.ChoiceField(choices=WitnessForm.Form.choices)
    exhibits = serializers.ListField(child=serializers.CharField())


class ErasedWitness(Out):
    """An exhibit of this complaint that its witness, or the borrower, erased."""

    exhibit = serializers.CharField()
    erased_at = serializers.DateTimeField()


class ComplaintWitnessesOut(Out):
    """The statements of the case beside one complaint, and what was erased of it."""

    results = WitnessInComplaint(many=True)
    erased = ErasedWitness(many=True)
