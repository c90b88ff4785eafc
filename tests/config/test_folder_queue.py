"""The queue in a folder: nobody meets half a message or half a table, whoever was killed."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest
from kombu import Connection, Consumer, Exchange, Queue

from config import folder_queue, storages

RINGS = 12
LARGE = "字" * 2_000_000  # written in many steps, so that a reader can come in between
BELLS = Queue("bells", Exchange("bells", type="direct"), routing_key="bells")


@pytest.fixture
def options(tmp_path: Path) -> dict[str, object]:
    told = storages.queue(tmp_path)
    for name in ("data_folder_in", "control_folder"):
        Path(told[name]).mkdir(parents=True)
    # Kombu remembers for the whole process what it bound, and would not bind in a second folder.
    folder_queue.Transport.global_state.clear()
    return told


def connected(options) -> Connection:
    return Connection(f"{folder_queue.NAME}://", transport_options=options)


def ring(options, content, times=1) -> None:
    with connected(options) as connection:
        producer = connection.Producer(exchange=BELLS.exchange, routing_key=BELLS.routing_key)
        for _ in range(times):
            producer.publish(content, declare=[BELLS])


def heard(options, count: int) -> list[object]:
    """`count` messages as a worker takes them; fails after 30 s without one."""
    got: list[object] = []
    with (
        connected(options) as connection,
        Consumer(
            connection, [BELLS], on_message=lambda message: got.append(message.payload), no_ack=True
        ),
    ):
        while len(got) < count:
            connection.drain_events(timeout=30)
    return got


def messages(options) -> list[Path]:
    return sorted(Path(options["data_folder_in"]).iterdir())


def test_nobody_is_warned_that_a_folder_has_no_host(options, caplog):
    with connected(options) as connection:
        connection.info()
        connection.ensure_connection()

    assert [record.getMessage() for record in caplog.records] == []


def test_a_reader_beside_a_writer_gets_whole_messages_only(options):
    ring(options, "bound")
    processes = multiprocessing.get_context("spawn")
    writer = processes.Process(target=ring, args=(options, LARGE, RINGS))
    writer.start()

    got = heard(options, 1 + RINGS)

    writer.join()
    assert got == ["bound", *[LARGE] * RINGS]
    assert messages(options) == []


@pytest.mark.parametrize("left", [b"", b'{"body": "a', b"\xff\xfe"])
def test_half_a_message_is_named_and_left_out(options, left, caplog):
    folder = Path(options["data_folder_in"])
    (folder / "0_before.bells.msg").write_bytes(left)
    ring(options, "whole")

    assert heard(options, 1) == ["whole"]
    assert "queue_message_unreadable" in caplog.text
    assert messages(options) == []


def test_queues_bound_at_once_are_all_in_the_table(options):
    gate = threading.Barrier(8)

    def bind(number: int) -> None:
        with connected(options) as connection:
            channel = connection.channel()
            gate.wait()
            channel._queue_bind("all", "", "", f"queue-{number}")

    threads = [threading.Thread(target=bind, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with connected(options) as connection:
        table = connection.channel().get_table("all")
    assert sorted(binding.queue for binding in table) == [f"queue-{n}" for n in range(8)]


def test_a_table_cut_by_a_kill_is_made_again(options):
    (Path(options["control_folder"]) / "bells.exchange").write_bytes(b"")

    ring(options, "whole")

    assert heard(options, 1) == ["whole"]


def test_an_unbound_queue_leaves_the_others(options):
    with connected(options) as connection:
        channel = connection.channel()
        for name in ("one", "two"):
            channel._queue_bind("all", "", "", name)
        channel._delete("one", "all", "", "")
        assert [binding.queue for binding in channel.get_table("all")] == ["two"]
