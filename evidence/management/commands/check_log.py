"""`manage.py check_log`: walk every chain of the custody log, and build the Merkle log anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evidence.log import chains
from evidence.log.walk import TreeWalk, walk
from evidence.vault import keyring


class Command(BaseCommand):
    help = (
        "Walk every chain of the custody log and build the Merkle log anew from all rows; name the "
        "first bad event of each broken chain, and the first bad leaf, tile, checkpoint or token."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = self._chains() + self._tree()
        if faults:
            raise CommandError("the log does not hold", returncode=1)
        if not self.events:
            raise CommandError("there was nothing to check", returncode=2)

    def _chains(self) -> int:
        seen, faults = chains.LogWalk(), 0
        for fault in chains.walk(seen):
            faults += 1
            place = f"{fault.subject_type} {fault.subject_id}, event {fault.sequence}"
            self.stdout.write(f"{place}: {fault.code}")
        self.stdout.write(f"{seen.events} events in {seen.chains} chains, {faults} broken.")
        self.events = seen.events
        return faults

    def _tree(self) -> int:
        seen, faults = TreeWalk(), 0
        for fault in walk(seen, house=keyring.house(), now=timezone.now()):
            faults += 1
            self.stdout.write(f"{fault.row} {fault.at}: {fault.code}")
        self.stdout.write(
            f"{seen.leaves} leaves, {seen.checkpoints} checkpoints, {seen.tokens} outside tokens, "
            f"{seen.waiting} events waiting, {faults} wrong."
        )
        return faults
