"""complaints/console/sign_in.py: the staff's way in, by server-rendered pages."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client

from accounts import invitations
from accounts.models import Role, User
from tests import make
from tests.complaints.console.conftest import read

pytestmark = pytest.mark.django_db


def sign_in(browser: Client, person: User, passphrase: str = make.PASSPHRASE, **more: str):
    fields = {"username": person.username, "password": passphrase, **more}
    return browser.post("/console/sign-in/", fields)


def test_passphrase_then_code_open_the_queue(reviewer: User) -> None:
    device, browser = make.TotpDevice.of(reviewer), Client()

    first = sign_in(browser, reviewer, next="/console/queue/?show=mine")
    assert first.headers["Location"].startswith("/console/second-factor/")
    assert browser.get("/console/queue/").headers["Location"].startswith("/console/sign-in/")
    wanted = {"code": device.code(), "next": "/console/queue/?show=mine"}
    second = browser.post("/console/second-factor/", wanted)

    assert second.headers["Location"] == "/console/queue/?show=mine"
    assert browser.get("/console/queue/").status_code == 200


def test_a_wrong_code_opens_nothing(reviewer: User) -> None:
    device, browser = make.TotpDevice.of(reviewer), Client()
    sign_in(browser, reviewer)

    answer = browser.post("/console/second-factor/", {"code": device.code(at=time.time() - 900)})

    assert answer.status_code == 400
    assert browser.get("/console/queue/").status_code == 302


def test_a_code_works_once(reviewer: User) -> None:
    device = make.TotpDevice.of(reviewer)
    code = device.code()
    for expected in (302, 400):
        browser = Client()
        sign_in(browser, reviewer)
        answer = browser.post("/console/second-factor/", {"code": code})
        assert answer.status_code == expected


def test_the_first_sign_in_sets_up_the_second_factor_and_shows_codes_once(reviewer: User) -> None:
    browser = Client()
    sign_in(browser, reviewer)
    assert browser.get("/console/queue/", follow=True).redirect_chain[-1][0] == "/console/enrol/"
    page = read(browser.get("/console/enrol/"))
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert "<svg" in page

    done = browser.post("/console/enrol/", {"code": make.TotpDevice(secret).code()})

    codes = read(browser.get(done.headers["Location"]))
    assert codes.count("<li><code>") == 10
    assert browser.get("/console/recovery-codes/").status_code == 302
    assert browser.get("/console/queue/").status_code == 200


def test_a_recovery_code_stands_in_for_the_phone_once(reviewer: User) -> None:
    enrolling = Client()
    sign_in(enrolling, reviewer)
    page = read(enrolling.get("/console/enrol/"))
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    enrolling.post("/console/enrol/", {"code": make.TotpDevice(secret).code()})
    shown = read(enrolling.get("/console/recovery-codes/"))
    code = re.search(r"<li><code>([\d ]+)</code>", shown)[1].replace(" ", "")

    for expected in (302, 400):
        browser = Client()
        sign_in(browser, reviewer)
        assert browser.post("/console/second-factor/", {"code": code}).status_code == expected


def test_an_old_session_signs_in_again_before_it_sets_up_a_second_factor(reviewer: User) -> None:
    browser = make.signed_in(reviewer, second_factor=False)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 7200}]
    session.save()

    answer = browser.get("/console/enrol/")

    assert answer.headers["Location"] == "/console/sign-in/"
    assert "_auth_user_id" not in browser.session


def test_a_wrong_name_and_a_wrong_passphrase_look_alike(reviewer: User) -> None:
    wrong_word = sign_in(Client(), reviewer, "not the passphrase")
    nobody = Client().post("/console/sign-in/", {"username": "nobody", "password": "not this"})

    assert wrong_word.status_code == nobody.status_code == 400
    assert "用户名或口令不对" in wrong_word.content.decode()
    assert "用户名或口令不对" in nobody.content.decode()


def test_guessing_is_stopped(reviewer: User) -> None:
    browser = Client()
    for _ in range(5):
        sign_in(browser, reviewer, "not the passphrase")

    assert sign_in(browser, reviewer).status_code == 429


def test_the_way_back_is_a_page_of_the_console_only(reviewer: User) -> None:
    device, browser = make.TotpDevice.of(reviewer), Client()
    sign_in(browser, reviewer)
    fields = {"code": device.code(), "next": "//evil.example/console/"}

    assert browser.post("/console/second-factor/", fields).headers["Location"] == "/console/"


def test_an_invitation_makes_a_staff_account_that_still_needs_its_second_factor() -> None:
    browser = Client()
    fields = {
        "invitation": invitations.make(Role.APPROVER),
        "username": "fuhe",
        "password": make.PASSPHRASE,
    }

    answer = browser.post("/console/join/", fields, follow=True)

    assert User.objects.get().role == Role.APPROVER
    assert answer.redirect_chain[-1][0] == "/console/enrol/"


@pytest.mark.parametrize("code", ["", "AAAA-BBBB"])
def test_nobody_joins_without_a_standing_invitation(code: str) -> None:
    fields = {"invitation": code, "username": "fuhe", "password": make.PASSPHRASE}

    answer = Client().post("/console/join/", fields)

    assert answer.status_code == 400
    assert "邀请码无效" in answer.content.decode()
    assert not User.objects.exists()


def test_a_borrower_who_signs_in_here_sees_nothing(borrower: User) -> None:
    browser = Client()
    sign_in(browser, borrower)

    assert browser.get("/console/").status_code == 403


def test_signing_out_ends_the_session(reviewer_browser: Client) -> None:
    reviewer_browser.post("/console/sign-out/")

    assert (
        reviewer_browser.get("/console/queue/").headers["Location"].startswith("/console/sign-in/")
    )


def test_the_language_is_the_persons_own_choice(reviewer_browser: Client) -> None:
    assert "队列" in read(reviewer_browser.get("/console/queue/"))

    reviewer_browser.post("/console/language/", {"language": "en", "next": "/console/queue/"})

    page = read(reviewer_browser.get("/console/queue/", headers={"accept-language": "zh"}))
    assert "Queue" in page
    assert '<html lang="en">' in page
