"""How much of its quotas an account uses: the numbers that `accounts.quotas` asks for."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Sum

from accounts.models import User
from evidence.models import EvidenceItem, Upload


def bytes_used(user: User) -> int:
    """Bytes of this user's items (brought, out of exports, from witnesses) and open uploads.

    Of open uploads the promised length.
    """
    others = (EvidenceItem.Origin.EXTRACTED, EvidenceItem.Origin.WITNESS)
    in_their_case = Q(case__borrower=user, origin__in=others)
    theirs = EvidenceItem.objects.kept().filter(Q(uploader=user) | in_their_case)
    kept = theirs.aggregate(total=Sum("size"))["total"]
    promised = _open(user).aggregate(total=Sum("length"))["total"]
    return (kept or 0) + (promised or 0)


def open_uploads(user: User) -> int:
    """Uploads that have begun and neither ended nor been swept."""
    return _open(user).count()


def _open(user: User) -> QuerySet[Upload]:
    return Upload.objects.filter(uploader=user, ended_at__isnull=True)
