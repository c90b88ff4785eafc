"""Sign-up and sign-in through allauth's headless browser client, as our client calls it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from accounts import invitations
from accounts.models import Role, User
from tests import make

pytestmark = pytest.mark.django_db
BASE = "/_allauth/browser/v1"


def post(browser: Client, path: str, **body: str):
    return browser.post(f"{BASE}{path}", body, content_type="application/json")


def sign_up(browser: Client, **body: str):
    return post(
        browser, "/auth/signup", **{"username": "qinghe", "password": make.PASSPHRASE} | body
    )


def codes(answer) -> set[str]:
    return {error["code"] for error in answer.json()["errors"]}


def test_a_user_name_and_a_passphrase_are_enough_to_sign_up():
    browser = Client()

    answer = sign_up(browser, language="en")

    assert answer.status_code == 200
    user = User.objects.get()
    assert (user.username, user.role, user.language) == ("qinghe", Role.BORROWER, "en")
    assert browser.get("/api/me/").json()["username"] == "qinghe"


@pytest.mark.parametrize(
    "name", ["13800138000", "130-0000-1111", "wang@example.org", "id 110101199"]
)
def test_contact_data_is_refused_as_a_user_name(name):
    answer = sign_up(Client(), username=name)

    assert answer.status_code == 400
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [
        ("short one", "password_too_short"),
        ("1234567890123", "password_entirely_numeric"),
        ("qinghe2026", "password_too_similar"),
        ("password123", "password_too_common"),
    ],
)
def test_a_passphrase_that_is_easy_to_guess_is_refused(passphrase, code):
    answer = sign_up(Client(), password=passphrase)

    assert answer.status_code == 400
    assert code in codes(answer)
    assert not User.objects.exists()


def test_a_name_is_taken_whatever_its_case():
    sign_up(Client())

    answer = sign_up(Client(), username="QingHe")

    assert answer.status_code == 400
    assert User.objects.count() == 1


def test_a_person_signs_in_with_the_name_in_any_case():
    make.user(username="qinghe")
    browser = Client()

    answer = post(browser, "/auth/login", username="QingHe", password=make.PASSPHRASE)

    assert answer.status_code == 200
    assert browser.get("/api/me/").status_code == 200


def test_a_wrong_name_and_a_wrong_passphrase_are_answered_alike():
    make.user(username="qinghe")

    wrong_name = post(Client(), "/auth/login", username="nobody", password="not this one")
    wrong_word = post(Client(), "/auth/login", username="qinghe", password="not this one")

    assert wrong_name.status_code == wrong_word.status_code == 400
    assert wrong_name.json() == wrong_word.json()


def test_guessing_one_account_is_stopped_after_five_tries():
    make.user(username="qinghe")
    browser = Client()
    for _ in range(5):
        post(browser, "/auth/login", username="qinghe", password="not this one")

    answer = post(browser, "/auth/login", username="qinghe", password=make.PASSPHRASE)

    assert answer.status_code == 400
    assert "too_many_login_attempts" in codes(answer)


def test_signing_in_changes_the_session_id():
    make.user(username="qinghe")
    browser = Client()
    session = browser.session
    session["planted"] = "by someone else"
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    post(browser, "/auth/login", username="qinghe", password=make.PASSPHRASE)

    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key


def test_sign_in_without_the_csrf_token_is_refused():
    make.user(username="qinghe")
    browser = Client(enforce_csrf_checks=True)

    answer = post(browser, "/auth/login", username="qinghe", password=make.PASSPHRASE)

    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf_failed"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites():
    browser = Client()
    sign_up(browser)

    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"


def test_a_disabled_account_cannot_sign_in():
    make.user(username="qinghe", is_active=False)
    browser = Client()

    post(browser, "/auth/login", username="qinghe", password=make.PASSPHRASE)

    assert browser.get("/api/me/").status_code == 401


def test_an_invitation_makes_one_account_staff():
    code = invitations.make(Role.REVIEWER)

    first = sign_up(Client(), invitation=code.lower())
    second = sign_up(Client(), username="baihua", invitation=code)

    assert first.status_code == 200
    assert User.objects.get().role == Role.REVIEWER
    assert codes(second) == {"invitation_refused"}


@pytest.mark.parametrize("path", ["/account/email", "/auth/password/request"])
def test_what_needs_an_e_mail_address_is_not_served(path):
    browser = make.signed_in(make.user(username="qinghe"))

    answer = post(browser, path, email="qinghe@example.org")

    assert answer.status_code == 404


def test_the_client_for_apps_is_not_served():
    assert Client().get("/_allauth/app/v1/config").status_code == 404
