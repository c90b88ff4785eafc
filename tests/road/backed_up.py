"""A program in an installation: fill it with a case, or say what is there of one.

usage: python -m tests.road.backed_up fill NUMBER | look NUMBER CASE
"""

from __future__ import annotations

import json
import sys
import uuid

import django

django.setup()

from django.utils import timezone  # noqa: E402

from evidence import erasure  # noqa: E402
from evidence.custody import Subject  # noqa: E402
from evidence.models import Case, EvidenceItem, MatchingConsent  # noqa: E402
from tests import dump, make  # noqa: E402
from tests.road import gone  # noqa: E402
from tests.road.seeded_erasure import whole_case  # noqa: E402


def look(case: Case, number: int) -> dict[str, object]:
    """What stands there of the case."""
    kept = EvidenceItem.objects.kept().filter(case=case)
    return {
        "is_erased": erasure.is_erased(Subject.CASE, case.pk),
        "traces": dump.traces(dump.rows(), [gone.mark(number)]),
        "opened": sum(len(make.plain_bytes(item)) == item.size for item in kept),
        "rest": erasure.is_rest_left(case.pk),
        "compared": MatchingConsent.objects.filter(pk=case.pk).exists(),
    }


def say(answer: object) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")


def main() -> None:
    """Print one line of JSON."""
    what, number = sys.argv[1], int(sys.argv[2])
    if what == "fill":
        case = whole_case(number, with_package=False)
        MatchingConsent.objects.create(case=case, text_version="1", given_at=timezone.now())
        say(str(case.pk))
        return
    say(look(Case.objects.get(pk=uuid.UUID(sys.argv[3])), number))


if __name__ == "__main__":
    main()
