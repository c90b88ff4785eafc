"""Paths that fail, for the tests of what is said and logged then."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def faulty(request: HttpRequest, **_: str) -> HttpResponse:
    raise ValueError("content: 王小明 13000000000 欠钱不还")


def talkative(request: HttpRequest) -> HttpResponse:
    log = structlog.get_logger("evidence.talkative")
    log.warning(
        "item_kept", item="b7f1", file_name="王小明.mp3", source="电话 13000000000", count=1
    )
    return HttpResponse("ok")


urlpatterns = [
    path("api/faulty/", faulty),
    path("api/faulty/<str:number>/", faulty),
    path("api/talkative/", talkative),
    *real,
]
