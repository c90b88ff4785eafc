"""Take away what uploads leave behind: expired ones, and files of writers that were killed."""

from __future__ import annotations

import time
import uuid

import structlog
from django.conf import settings
from django.utils import timezone

from evidence.custody import Actor
from evidence.models import Upload
from evidence.uploads import receiving
from evidence.uploads.errors import UploadBusyError

log = structlog.get_logger(__name__)

SWEEPER = Actor.system("sweeper")
STALE_S = 24 * 3600
LEFT_BEHIND = ("*.part", "*.aside", "*.tail-new")  # written within one call, or dead
PARTS = ("*.upload", "*.tail")  # of one upload, by its id


def sweep() -> int:
    """Do it; return how many uploads were ended."""
    ended = 0
    for upload in Upload.objects.filter(ended_at__isnull=True, expires_at__lte=timezone.now()):
        try:
            receiving.give_up(upload, "upload_expired", actor=SWEEPER)
        except UploadBusyError:
            continue  # its last writer is still there: next time
        ended += 1
    _remove_left_behind(now=time.time())
    _remove_ended()
    if ended:
        log.info("uploads_expired", count=ended)
    return ended


def _remove_left_behind(*, now: float) -> None:
    if not settings.UPLOADS_DIR.is_dir():
        return
    for pattern in LEFT_BEHIND:
        for path in settings.UPLOADS_DIR.glob(pattern):
            if path.stat().st_mtime < now - STALE_S:
                path.unlink(missing_ok=True)


def _remove_ended() -> None:
    """Parts of uploads that ended, but whose server was killed before it could drop them."""
    if not settings.UPLOADS_DIR.is_dir():
        return
    parts = {path for pattern in PARTS for path in settings.UPLOADS_DIR.glob(pattern)}
    ended = Upload.objects.filter(
        pk__in={uuid.UUID(path.stem) for path in parts}, ended_at__isnull=False
    ).values_list("pk", flat=True)
    for upload_id in ended:
        for pattern in PARTS:
            (settings.UPLOADS_DIR / pattern.replace("*", upload_id.hex)).unlink(missing_ok=True)
