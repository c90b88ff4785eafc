"""`manage.py erase`: the operator erases one item, one case or a whole account, for good."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from complaints.stages import leaving
from evidence import holds
from evidence.models import Case, EvidenceItem
from evidence.vault.erasure_list import ErasureListError


class Command(BaseCommand):
    """Without `--yes` it says what would go, and erases nothing."""

    help = "Erase one item, one case, or an account with all its cases. Nobody brings them back."

    def add_arguments(self, parser: CommandParser) -> None:
        scope = parser.add_mutually_exclusive_group(required=True)
        scope.add_argument("--item", type=uuid.UUID, help="id of the item")
        scope.add_argument("--case", type=uuid.UUID, help="id of the case")
        scope.add_argument("--account", help="user name of the account")
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._erase(options)
        except EvidenceItem.DoesNotExist:
            raise CommandError("there is no such item") from None
        except Case.DoesNotExist:
            raise CommandError("there is no such case") from None
        except User.DoesNotExist:
            raise CommandError("there is no such account") from None
        except leaving.PackageUnderWayError as busy:
            raise CommandError("a package of its case is being made; try again soon") from busy
        except holds.CaseHeldError as held:
            raise CommandError(f"held by law ({held.reason}); see hold_case") from held
        except ErasureListError as damage:
            raise CommandError(f"nothing was erased: {damage}") from damage

    def _erase(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        if options["item"]:
            item = EvidenceItem.objects.kept().get(pk=options["item"])
            self._refuse_unasked(options, items=1, cases=1)
            leaving.erase_item(item, actor=leaving.ERASER, at=now)
        elif options["case"]:
            case = Case.objects.get(pk=options["case"])
            self._refuse_unasked(options, items=case.items.count(), cases=1)
            leaving.erase_case(case, actor=leaving.ERASER, at=now)
        else:
            user = User.objects.get_by_natural_key(options["account"])
            cases = Case.objects.filter(borrower=user)
            items = sum(case.items.count() for case in cases)
            self._refuse_unasked(options, items=items, cases=len(cases))
            leaving.erase_account(user, actor=leaving.ERASER, at=now)
        self.stdout.write("Erased. Packages that others hold are not undone by this.")

    def _refuse_unasked(self, options: dict[str, Any], *, items: int, cases: int) -> None:
        if not options["yes"]:
            raise CommandError(
                f"this would erase {items} items in {cases} cases for good; say --yes to do it"
            )
