"""Paths of the console, relative to `/console/`."""

from __future__ import annotations

from django.urls import path

from complaints.console import (
    cases,
    complaints,
    files,
    items,
    numbers,
    operations,
    queue,
    segments,
    sign_in,
    tags,
)

app_name = "console"

CASE = "cases/<uuid:case_id>/"
ITEM = f"{CASE}items/<uuid:item_id>/"
COMPLAINT = f"{CASE}complaints/<uuid:complaint_id>/"

urlpatterns = [
    path("", queue.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("second-factor/", sign_in.second_factor, name="second-factor"),
    path("enrol/", sign_in.enrol, name="enrol"),
    path("recovery-codes/", sign_in.recovery_codes_once, name="recovery-codes"),
    path("join/", sign_in.join, name="join"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("language/", sign_in.choose_language, name="language"),
    path("queue/", queue.queue, name="queue"),
    path("operations/", operations.operations, name="operations"),
    path("operations/jobs/<uuid:job_id>/", operations.retry, name="retry"),
    path(CASE, cases.case, name="case"),
    path(f"{CASE}numbers/", numbers.numbers, name="numbers"),
    path(f"{CASE}claim/", queue.claim, name="claim"),
    path(f"{CASE}release/", queue.release, name="release"),
    path(f"{CASE}tags/", tags.decide, name="tags"),
    path(f"{CASE}segments/", segments.decide, name="segments"),
    path(f"{CASE}items/<uuid:item_id>/lines/", segments.write, name="lines"),
    path(ITEM, items.item, name="item"),
    path(f"{ITEM}check/", items.check, name="check"),
    path(f"{ITEM}original/", files.original, name="original"),
    path(f"{ITEM}made/<slug:name>/", files.derivative, name="derivative"),
    path(COMPLAINT, complaints.complaint, name="complaint"),
    path(f"{COMPLAINT}decide/", complaints.decide, name="decide"),
]
