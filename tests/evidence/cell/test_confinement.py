"""evidence/cell/confinement.py: what a child really cannot do, tried by a child."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from evidence import checks
from evidence.cell import parent, system_calls
from evidence.cell.confinement import MEASURES

from .test_parent import BEGIN, LIMITS, parse

CONFINED = """
from evidence.cell import confinement
child.restrict(memory=options['memory_bytes'], cpu_s=20)
held = confinement.confine()
def refused(do):
    try:
        do()
    except OSError as error:
        return type(error).__name__
    return ''
"""


def told(program: str) -> dict[str, Any]:
    """What a confined child answers by `send(frames.SUMMARY, …)`."""
    parsed = parse(b"x", program=CONFINED + program)
    assert parsed.is_complete, parsed.problem
    return parsed.summary


def is_gone(pid: int, *, within_s: float = 10) -> bool:
    """Whether the process ended; one that nobody reaped has."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.confinement
def test_everything_that_a_parser_taken_over_would_try_is_refused(tmp_path):
    held, tried = parent.attempt(LIMITS, file=Path(__file__), folder=tmp_path)

    assert held >= set(MEASURES) - {"namespaces"}
    assert tried == dict.fromkeys(checks.OPEN, True)
    assert list(tmp_path.iterdir()) == []


def test_a_child_without_any_measure_is_told_from_one_with_them(tmp_path):
    program = BEGIN.partition("send(frames.FORMAT")[0] + (
        "from evidence.cell import attempts\n"
        "send(frames.HELD, [])\n"
        "send(frames.SUMMARY, attempts.all_of(options['attempts']))"
    )
    held, tried = parent.attempt(LIMITS, file=Path(__file__), folder=tmp_path, program=program)

    assert held == frozenset()
    assert tried == dict.fromkeys(checks.OPEN, False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.confinement
def test_no_connection_leaves_the_cell(tmp_path):
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_UNIX) as named,
        socket.socket(socket.AF_UNIX) as unnamed,
    ):
        named.bind(str(tmp_path / "s"))
        unnamed.bind(f"\0liuzheng-{os.getpid()}")
        for server in (named, unnamed):
            server.listen()
        for server in (tcp, named, unnamed):
            server.setblocking(False)
        summary = told(f"""
import socket
def connect(family, address):
    with socket.socket(family) as s:
        s.connect(address)
send(frames.SUMMARY, {{
    'tcp': refused(lambda: connect(socket.AF_INET, ('127.0.0.1', {tcp.getsockname()[1]}))),
    'udp': refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
    'named': refused(lambda: connect(socket.AF_UNIX, {str(tmp_path / "s")!r})),
    'unnamed': refused(lambda: connect(socket.AF_UNIX, {unnamed.getsockname()!r})),
    'netlink': refused(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)),
    'pair': refused(socket.socketpair),
}})""")

        assert set(summary.values()) == {"PermissionError"}
        for server in (tcp, named, unnamed):
            with pytest.raises(BlockingIOError):
                server.accept()


@pytest.mark.parametrize(
    "measure",
    [
        pytest.param("namespaces", marks=pytest.mark.namespaces),
        pytest.param("seccomp", marks=pytest.mark.confinement),
    ],
)
def test_either_of_two_measures_alone_keeps_the_network_away(measure):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        parsed = parse(
            b"x",
            program=f"""
from evidence.cell import confinement
confinement.MEASURES[{measure!r}]()
import socket
try:
    socket.create_connection({server.getsockname()!r}, timeout=3)
    answer = 'connected'
except OSError as error:
    answer = type(error).__name__
send(frames.SUMMARY, {{'answer': answer}})""",
        )

        assert parsed.summary["answer"] in ("PermissionError", "OSError")
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.confinement
def test_no_file_outside_is_opened_and_no_folder_listed(tmp_path):
    secret = tmp_path / "master.key"
    secret.write_bytes(b"the key")
    summary = told(f"""
places = [{str(secret)!r}, '/proc/{os.getpid()}/environ', '/proc/{os.getpid()}/mem', '/etc/passwd',
          {str(parent.ROOT / "manage.py")!r}, {str(parent.ROOT / "config" / "settings.py")!r}]
folders = [{str(tmp_path)!r}, '/', '/tmp', '/proc', {str(parent.ROOT)!r}]
send(frames.SUMMARY, {{
    'places': [refused(lambda: open(place, 'rb').close()) for place in places],
    'folders': [refused(lambda: os.listdir(folder)) for folder in folders],
}})""")

    assert set(summary["places"]) == {"PermissionError"}
    assert set(summary["folders"]) == {"PermissionError"}


@pytest.mark.confinement
def test_no_disk_is_filled(tmp_path):
    (tmp_path / "there").write_bytes(b"before")
    summary = told(f"""
import mmap
place = lambda name: os.path.join({str(tmp_path)!r}, name)
send(frames.SUMMARY, {{
    'file': refused(lambda: open(place('a'), 'wb')),
    'append': refused(lambda: open(place('there'), 'ab')),
    'unnamed': refused(lambda: os.open({str(tmp_path)!r}, os.O_TMPFILE | os.O_RDWR)),
    'memory': refused(lambda: open('/dev/shm/liuzheng', 'wb')),
    'folder': refused(lambda: os.mkdir(place('b'))),
    'symlink': refused(lambda: os.symlink('x', place('c'))),
    'link': refused(lambda: os.link(place('there'), place('d'))),
    'pipe': refused(lambda: os.mkfifo(place('e'))),
    'remove': refused(lambda: os.unlink(place('there'))),
    'rename': refused(lambda: os.rename(place('there'), place('f'))),
    'mode': refused(lambda: os.chmod(place('there'), 0o777)),
    'cut': refused(lambda: os.truncate(place('there'), 0)),
}})""")

    assert set(summary.values()) == {"PermissionError"}, summary
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"there": b"before"}


@pytest.mark.confinement
def test_no_process_is_started_or_touched_and_no_limit_raised():
    summary = told(f"""
import resource, signal
send(frames.SUMMARY, {{
    'fork': refused(os.fork),
    'exec': refused(lambda: os.execv('/bin/true', ['true'])),
    'spawn': refused(lambda: os.posix_spawn('/bin/true', ['true'], {{}})),
    'session': refused(os.setsid),
    'kill': refused(lambda: os.kill({os.getpid()}, 0)),
    'all': refused(lambda: os.kill(-1, 0)),
    'root': refused(lambda: os.setuid(0)),
    'group': refused(lambda: os.setgroups([])),
    'mode': refused(lambda: os.chroot('/')),
}})""")
    limits = parse(
        b"x",
        program=CONFINED
        + """
import resource
try:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    answer = 'raised'
except (ValueError, OSError) as error:
    answer = type(error).__name__
send(frames.SUMMARY, {'answer': answer, 'now': resource.getrlimit(resource.RLIMIT_FSIZE)})""",
    ).summary

    assert set(summary.values()) == {"PermissionError"}, summary
    assert limits == {"answer": "ValueError", "now": [0, 0]}


@pytest.mark.confinement
def test_threads_and_an_abort_of_its_own_go_on_as_before():
    summary = told("""
import threading
heard = []
thread = threading.Thread(target=lambda: heard.append(1)); thread.start(); thread.join()
send(frames.SUMMARY, {'heard': heard})""")

    assert summary == {"heard": [1]}
    assert parse(b"x", program=CONFINED + "os.abort()").problem == "reading_failed"


def test_what_a_child_started_before_it_was_confined_is_ended_with_it():
    parsed = parse(
        b"x",
        program="""
other = os.fork()
if not other:
    for fd in (back.fileno(), out.fileno()): os.close(fd)
    time.sleep(600)
send(frames.SUMMARY, {'other': other})""",
    )

    assert is_gone(parsed.summary["other"])


def test_a_child_that_closed_its_pipe_and_goes_on_is_ended():
    began = time.monotonic()
    program = """
send(frames.SUMMARY, {'pid': os.getpid()})
out.close(); os.close(1)
time.sleep(600)"""

    parsed = parse(b"x", program=program)

    assert is_gone(parsed.summary["pid"])
    assert time.monotonic() - began < 2 * parent.GRACE_S + 10


@pytest.mark.confinement
def test_a_child_does_not_outlive_a_worker_that_was_killed(tmp_path):
    heard = tmp_path / "pid"
    child = BEGIN + f"open({str(heard)!r}, 'w').write(str(os.getpid()))\n" + CONFINED
    worker = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import io, sys; sys.path.insert(0, {str(parent.ROOT)!r})\n"
            "from evidence.cell import parent\n"
            "parent.parse(io.BytesIO(b'x'), size=1, name='x', tz='UTC', ocr=False,\n"
            f"    limits=parent.Limits(4 << 30, 20, 600), program={child + 'time.sleep(600)'!r})",
        ]
    )
    try:
        until = time.monotonic() + 30
        while not (heard.exists() and heard.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        pid = int(heard.read_text())
        time.sleep(1)  # it has confined itself by then
        os.kill(worker.pid, signal.SIGKILL)

        assert is_gone(pid)
    finally:
        worker.kill()
        worker.wait()


def test_a_measure_that_the_host_does_not_grant_is_left_out_and_not_named():
    parsed = parse(
        b"x",
        program="""
from evidence.cell import confinement
def refuse(): raise PermissionError(1, 'no')
for name in ('namespaces', 'landlock'): confinement.MEASURES[name] = refuse
held = confinement.confine()
send(frames.HELD, [*held, 'a measure of its own invention'])
send(frames.SUMMARY, {})""",
    )

    assert not {"namespaces", "landlock"} & parsed.held
    assert parsed.held <= set(MEASURES)


@pytest.mark.skipif(ctypes.util.find_library("seccomp") is None, reason="no libseccomp")
def test_the_numbers_are_those_that_libseccomp_knows():
    library = ctypes.CDLL(ctypes.util.find_library("seccomp"))
    resolve = library.seccomp_syscall_resolve_name_arch
    resolve.argtypes, resolve.restype = [ctypes.c_uint32, ctypes.c_char_p], ctypes.c_int
    named = {name.lower(): getattr(system_calls, name) for name in (
        "CLONE", "CLONE3", "OPEN", "OPENAT", "OPENAT2", "KILL", "TGKILL", "PRLIMIT64")}  # fmt: skip

    for name, numbers in (system_calls.REFUSED | named).items():
        for architecture, number in zip((0xC000003E, 0xC00000B7), numbers, strict=True):
            known = resolve(architecture, name.encode())
            if known == -1:  # newer than this libseccomp
                continue
            assert (known if known >= 0 else None) == number, name


def test_the_check_names_what_a_host_leaves_open_and_what_it_lacks():
    tried = dict.fromkeys(checks.OPEN, True) | {"open_socket": False}

    [holds, leaves] = checks.say_what_holds({"landlock", "dies_with_parent"}, tried)

    assert holds.msg == "The reading cell holds by: dies_with_parent, landlock."
    assert leaves.id == "evidence.W010"
    assert leaves.msg == "A parser that was taken over could open a connection."
    assert "namespaces, no_capabilities, seccomp" in leaves.hint


@pytest.mark.confinement
def test_the_check_of_a_host_that_grants_enough_has_no_warning():
    [message] = checks.check_reading_cell()

    assert message.id == "evidence.I001"
    assert {"landlock", "seccomp"} <= set(message.msg.rstrip(".").replace(",", "").split())


def test_a_cell_that_cannot_start_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    assert [message.id for message in checks.check_reading_cell()] == ["evidence.W011"]
