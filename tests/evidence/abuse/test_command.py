"""evidence/abuse/__main__.py: the fixed face of `python -m evidence.abuse`."""

import json
import subprocess
import sys
from io import StringIO

from evidence.abuse.__main__ import main


def run(*lines):
    out, err = StringIO(), StringIO()
    code = main(StringIO("\n".join(lines)), out, err)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_line_is_answered_in_order_with_labels_and_tags():
    code, answers, _ = run(
        '{"id":"a","text":"不还就爆你通讯录","direction":"in"}', "", '{"id":"b","text":"你好"}'
    )

    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[0]["labels"] == ["threat", "contact_blasting"]
    assert set(answers[0]["tags"][0]) == {"kind", "label", "start", "end", "rule", "reason"}
    assert answers[1] == {"id": "b", "labels": [], "tags": []}


def test_no_input_gives_no_output():
    assert run("") == (0, [], "")


def test_a_line_that_is_not_json_is_refused_by_code_without_its_content():
    code, answers, err = run('{"id":"a","text":"你好"}', "秘密 13800000000")

    assert code == 2
    assert len(answers) == 1
    assert "line 2" in err
    assert "abuse_input" in err
    assert "13800000000" not in err


def test_a_missing_text_a_bad_direction_and_a_bare_time_are_refused():
    for line in (
        '{"id":1}',
        '{"id":1,"text":"x","direction":"up"}',
        '{"id":1,"text":"x","at":"2026-03-01T09:00:00"}',
        '{"id":1,"text":"x","at":5}',
        "[]",
    ):
        assert run(line)[0] == 2, line


def test_it_runs_as_a_command_without_django():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "evidence.abuse"],
        input='{"id":"1","text":"还款"}\n',
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout)["id"] == "1"
    assert "django" not in done.stderr
