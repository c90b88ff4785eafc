"""One writer per upload: a lease that lives as long as bytes keep coming."""

from __future__ import annotations

import time
import uuid
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from evidence.models import Upload
from evidence.uploads.errors import UploadBusyError

LEASE_S = 8  # without a byte: then another connection may take over
RENEW_AFTER_S = 3
TRY_AGAIN_AFTER_S = 3


def refuse_busy(upload: Upload) -> None:
    """Raise UploadBusyError while a writer holds the upload: where it stands is not settled."""
    if upload.lease_until is not None and upload.lease_until > timezone.now():
        raise UploadBusyError(str(upload.pk))


class WriterLease:
    """The right to write to one upload. Not renewed by a clock: a hung client loses it."""

    def __init__(self, upload: Upload) -> None:
        self._upload_id = upload.pk
        self._token = uuid.uuid4()
        self._renewed = 0.0

    def __enter__(self) -> WriterLease:
        """Take it.

        Raises:
            UploadBusyError: another writer has it.
        """
        now = timezone.now()
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        self._take(Upload.objects.filter(free, pk=self._upload_id))
        return self

    def __exit__(self, *_: object) -> None:
        """Give it back, if it is still ours."""
        Upload.objects.filter(pk=self._upload_id, lease_token=self._token).update(
            lease_token=None, lease_until=None
        )

    def hold(self) -> None:
        """Make sure, before a write, that it is ours for some seconds more.

        Raises:
            UploadBusyError: another connection took over while ours said nothing.
        """
        if time.monotonic() - self._renewed > RENEW_AFTER_S:
            self._take(Upload.objects.filter(pk=self._upload_id, lease_token=self._token))

    def _take(self, rows: QuerySet[Upload]) -> None:
        asked = time.monotonic()
        until = timezone.now() + timedelta(seconds=LEASE_S)
        if not rows.update(lease_token=self._token, lease_until=until):
            raise UploadBusyError(str(self._upload_id))
        self._renewed = asked
