"""What a package would say of a complaint, composed now."""

from __future__ import annotations

from django.utils import timezone

from complaints.bundle.content import PackageContent, Review
from complaints.composing.document import Making, compose
from complaints.models import Complaint
from evidence.custody import Actor
from evidence.vault import keyring


def said(complaint: Complaint) -> PackageContent:
    now = timezone.now().replace(microsecond=0)
    making = Making(
        bundle_time=now,
        actor=Actor.system("test"),
        trust=keyring.house().trust_json(at=now),
        software="test",
        handed={},
        review=Review(),
    )
    return compose(complaint, making)
