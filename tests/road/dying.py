"""A program: processes of the real worker and web code that are killed at named points.

Each act runs in a process of its own, forked from here, with a tripwire at one point; the kernel
kills it there (SIGKILL). Then everything is started again, and what is left is printed as JSON.
Needs the settings of an empty installation in its environment; `test_kill.py` starts it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import django

django.setup()

from django.db import connections, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from complaints import tasks as complaint_tasks  # noqa: E402
from evidence import intake, jobs  # noqa: E402
from evidence import tasks as evidence_tasks  # noqa: E402
from evidence.jobs import Step  # noqa: E402
from evidence.models import Job  # noqa: E402
from evidence.uploads.parts import Part  # noqa: E402
from evidence.vault import store  # noqa: E402
from tests.road import left, scene  # noqa: E402

ROADS = {**evidence_tasks.ROAD, **complaint_tasks.ROAD}
STAGES = ("seal", "read", "tag", "find", "digest")
POINTS = ("leased", "prepared", "kept", "followed", "committed")
PACKAGE_POINTS = ("prepared", "kept")
WEB_POINTS = ("stored", "written", "committed")
TUS_POINTS = ("closed", "adopted", "written", "committed")
DEADLINE_S = 60


def die(*_: Any) -> None:
    """As a power cut: no handler, no cleaning up, no word."""
    os.kill(os.getpid(), signal.SIGKILL)


def process(act: Callable[[], None], *, dies: bool = False) -> None:
    """Do something in a process of its own, and insist on how it ended."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:  # noqa: BLE001 - whatever it is, it is not the death we wanted
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    ended = -signal.SIGKILL if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    wanted = -signal.SIGKILL if dies else 0
    if ended != wanted:
        sys.exit(f"a process ended with {ended} instead of {wanted}")


def then_die(act: Callable[..., Any]) -> Callable[..., Any]:
    """The act, and death as soon as it has been done."""

    def both(*args: Any, **kwargs: Any) -> None:
        act(*args, **kwargs)
        die()

    return both


def tripped(step: Step, point: str) -> Step:
    """The step with a tripwire: before, between and after all that it writes."""

    def after(job: Job) -> None:
        transaction.on_commit(die)  # registered before the bells: none of them rings
        step.after(job)

    return {
        "leased": replace(step, prepare=die),
        "prepared": replace(step, prepare=then_die(step.prepare)),
        "kept": replace(step, keep=then_die(step.keep)),
        "followed": replace(step, after=then_die(step.after)),
        "committed": replace(step, after=after),
    }[point]


def kill_worker_at(stage: str, point: str) -> None:
    road = {**ROADS, stage: tripped(ROADS[stage], point)}
    process(lambda: jobs.work(stage, road), dies=True)


def work(*stages: str) -> None:
    """Do what is due in these stages, leases of the dead included, until nothing is open."""
    last = time.monotonic() + DEADLINE_S
    while Job.objects.open().filter(stage__in=stages, parked_at__isnull=True).exists():
        if time.monotonic() > last:
            sys.exit(f"not done within {DEADLINE_S} s: {list(Job.objects.open().values())}")
        for stage in stages:
            if jobs.ready(timezone.now()).filter(stage=stage).exists():
                process(lambda stage=stage: jobs.work(stage, ROADS))
        time.sleep(0.05)


def kill_web_at(point: str, content: bytes) -> None:
    """A small file arrives; the web process dies on the way."""

    def receive() -> None:
        _trip_intake(point)
        scene.send_small(content)

    process(receive, dies=True)


def kill_tus_at(point: str, sent: scene.Sent, content: bytes) -> None:
    """The last bytes of an upload arrive; the web process dies while it becomes an item."""

    def receive() -> None:
        if point == "closed":
            Part.seal = then_die(Part.seal)  # type: ignore[method-assign]  # the tripwire
        elif point == "adopted":
            store.adopt = then_die(store.adopt)
        else:
            _trip_intake(point)
        sent.patch(content)

    process(receive, dies=True)


def _trip_intake(point: str) -> None:
    if point == "stored":
        store.put = then_die(store.put)
    elif point == "written":
        intake._write = then_die(intake._write)
    else:
        write = intake._write

        def written(*args: Any) -> Any:
            transaction.on_commit(die)
            return write(*args)

        intake._write = written


def main() -> None:
    """Kill at every point, start again, say what is left."""
    scene.set_up(cases=len(POINTS))
    sent = []
    for number, point in enumerate(TUS_POINTS):
        content = scene.large(number)
        upload = scene.begin_upload(content)
        kill_tus_at(point, upload, content)
        sent.append((upload, content))
    for number, point in enumerate(WEB_POINTS):
        content = scene.small(number)
        kill_web_at(point, content)
        process(lambda content=content: scene.send_small(content))  # the phone sends it again

    for stage in STAGES:
        for point in POINTS:
            kill_worker_at(stage, point)
        work(*STAGES[: STAGES.index(stage) + 1])
    scene.confirm_all()
    work(*STAGES)
    scene.ask_for_packages(len(PACKAGE_POINTS))
    for point in PACKAGE_POINTS:
        kill_worker_at("package", point)
    work(*ROADS)

    left.wait_for_leases(DEADLINE_S)
    for upload, content in sent:
        process(lambda upload=upload, content=content: upload.resume(content))
    work(*ROADS)
    process(evidence_tasks.ask_for_log)  # as the sweep does: the last events get their places
    work(*ROADS)
    sys.stdout.write(json.dumps(left.all_of_it()) + "\n")


if __name__ == "__main__":
    main()
