"""For a running house: seven people who met one number; one more case that met it; a count.

`python -m tests.evidence.matching.crowd [CASE | count]`. Rows as readers write them: a browser test
asks what a person sees, not how records come about.
"""

from __future__ import annotations

import os
import sys
import time

import django

MOST_S = 60.0  # for one count of seven people, on a busy machine


def main(what: str) -> None:
    """Make the crowd, put the number into a case, or count."""
    from evidence import collectors, jobs, tasks
    from evidence.models import Case
    from tests.evidence.matching import people

    if what == "count":
        jobs.ask_again(collectors.MATCH, collectors.HOUSE_ID)
        tasks.work(collectors.MATCH)
        # The house's own worker heard the bell, too, and may be the one that counts.
        until = time.monotonic() + MOST_S
        while jobs.Job.objects.open().filter(stage=collectors.MATCH).exists():
            if time.monotonic() > until:
                raise TimeoutError("nobody counted")
            time.sleep(0.1)
    elif what:
        people.fill(Case.objects.get(pk=what), people.NUMBER)
    else:
        people.several(people.NUMBER, 7)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(sys.argv[1] if len(sys.argv) > 1 else "")
