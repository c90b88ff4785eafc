"""The staff's way in: passphrase, second factor, enrolment, invitation. The deciding is allauth's.

allauth runs headless here, so these views call the same flows as its JSON API and render pages.
"""

from __future__ import annotations

import time
from urllib.parse import urlencode

import segno
from allauth.account.internal.flows import login, logout, reauthentication, signup
from allauth.account.internal.stagekit import get_pending_stage
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.account.inputs import LoginInput, SignupInput
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.recovery_codes.internal import flows as recovery_codes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import flows as totp
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import language, policy
from accounts.models import Language, User
from complaints.console.access import wanted_next
from complaints.console.pages import language_of, notice, page

FRESH_S = 30 * 60  # a passphrase typed this long ago still allows to set up the second factor
SESSION_S = 12 * 3600  # of staff, from the second factor on: one working day
KEPT_CODES = "console_recovery_codes"  # session: codes are shown once, on the page after enrolling


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for user name and passphrase; the second factor comes after."""
    if request.user.is_authenticated:
        return _onwards(request)
    if request.method == "GET":
        return _sign_in_page(request)
    if not ratelimit.consume(request, action="login"):
        return _sign_in_page(request, "too_many_requests", status=429)
    form = LoginInput(request.POST)
    if not form.is_valid():
        mistakes = {one.code for each in form.errors.as_data().values() for one in each}
        if "too_many_login_attempts" in mistakes:
            return _sign_in_page(request, "too_many_requests", status=429)
        return _sign_in_page(request, "console-sign-in-refused", status=400)
    login.perform_password_login(request, form.cleaned_data, form.login)
    return _onwards(request)


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """Ask for the six digits (or a recovery code): to end a sign-in, or to confirm a session."""
    stage = get_pending_stage(request)
    is_signing_in = stage is not None and stage.key == AuthenticateStage.key
    user = stage.login.user if is_signing_in else request.user
    if not isinstance(user, User):
        return redirect("console:sign-in")
    if not policy.has_second_factor(user):
        return redirect("console:enrol")
    if not is_signing_in and policy.used_second_factor(request):
        return HttpResponseRedirect(wanted_next(request))
    if request.method == "GET":
        return page(request, "second_factor", {"next": wanted_next(request)})
    form = (AuthenticateForm if is_signing_in else ReauthenticateForm)(request.POST, user=user)
    if not form.is_valid():
        refusal = {"next": wanted_next(request), "mistake": "console-code-refused"}
        return page(request, "second_factor", refusal, status=400)
    form.save()
    if is_signing_in:
        stage.exit()
    request.session.set_expiry(SESSION_S)
    return HttpResponseRedirect(wanted_next(request))


@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponseBase:
    """Set up the second factor at the first sign-in, and count it as used in this session."""
    user = request.user
    if not isinstance(user, User) or not user.is_staff:
        return redirect("console:sign-in")
    if policy.has_second_factor(user):
        return redirect("console:second-factor")
    if not _typed_passphrase_lately(request):
        logout.logout(request, show_message=False)
        notice(request, "console-sign-in-again")
        return redirect("console:sign-in")
    form = ActivateTOTPForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        reauthentication.reauthenticate_by_password(request)  # allauth asks for a mark of its own
        authenticator, _ = totp.activate_totp(request, form)
        post_authentication(request, authenticator)
        request.session.set_expiry(SESSION_S)
        codes, can_view = recovery_codes.view_recovery_codes(request)
        if codes is not None and can_view:
            request.session[KEPT_CODES] = codes.get_unused_codes()
        return redirect("console:recovery-codes")
    url = get_adapter().build_totp_url(user, form.secret)
    context = {
        "secret": form.secret,
        "picture": _qr(url),
        "mistake": "console-code-refused" if form.is_bound else "",
    }
    return page(request, "enrol", context, status=400 if form.is_bound else 200)


@never_cache
@require_safe
def recovery_codes_once(request: HttpRequest) -> HttpResponseBase:
    """Show the recovery codes of the second factor, once."""
    codes = request.session.pop(KEPT_CODES, None)
    if not codes or not request.user.is_authenticated:
        return redirect("console:home")
    return page(request, "recovery_codes", {"codes": codes})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponseBase:
    """Redeem an invitation: make the staff account that it allows."""
    if request.user.is_authenticated:
        return _onwards(request)
    told = {"username": "", "invitation": ""}
    if request.method == "GET":
        return page(request, "join", {"told": told, "mistakes": []})
    told = {name: request.POST.get(name, "") for name in told}
    if not ratelimit.consume(request, action="signup"):
        mistakes = [language.text("too_many_requests", language_of(request))]
        return page(request, "join", {"told": told, "mistakes": mistakes}, status=429)
    form = SignupInput({**request.POST.dict(), "language": language_of(request)})
    if not told["invitation"].strip():
        form.add_error("invitation", language.text("invitation_refused", language_of(request)))
    if not form.is_valid():
        context = {"told": told, "mistakes": _mistakes(request, form)}
        return page(request, "join", context, status=400)
    user, response = form.try_save(request)
    if response is None:
        try:
            signup.complete_signup(request, user=user)
        except ImmediateHttpResponse:
            return redirect("console:sign-in")
        reauthentication.reauthenticate_by_password(request)  # it was typed a moment ago
    return _onwards(request)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout.logout(request, show_message=False)
    notice(request, "console-signed-out")
    return redirect("console:sign-in")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language of the signed-in person and go back."""
    wanted = request.POST.get("language", "")
    if isinstance(request.user, User) and wanted in Language.values:
        request.user.language = wanted
        request.user.save(update_fields=["language"])
    return HttpResponseRedirect(wanted_next(request))


def _onwards(request: HttpRequest) -> HttpResponse:
    """To the next step of signing in, or to the page that was wanted."""
    wanted = wanted_next(request)
    if not request.user.is_authenticated:
        name = "console:second-factor" if get_pending_stage(request) else "console:sign-in"
        return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': wanted})}")
    return HttpResponseRedirect(wanted)


def _typed_passphrase_lately(request: HttpRequest) -> bool:
    records = login.get_authentication_records(request, request.user)
    typed = [record["at"] for record in records if record.get("method") == "password"]
    return bool(typed) and time.time() - max(typed) < FRESH_S


def _sign_in_page(request: HttpRequest, mistake: str = "", *, status: int = 200) -> HttpResponse:
    context = {
        "next": wanted_next(request),
        "mistake": mistake,
        "username": request.POST.get("username", ""),
    }
    return page(request, "sign_in", context, status=status)


def _mistakes(request: HttpRequest, form: Form) -> list[str]:
    """The form's mistakes in our words where a code is ours, else in Django's."""
    lang = language_of(request)
    found: list[str] = []
    for error in (one for each in form.errors.as_data().values() for one in each):
        code = error.code or ""
        if language.has_text(code, lang):
            found.append(language.text(code, lang))
        else:
            found.extend(error.messages)
    return list(dict.fromkeys(found))


def _qr(url: str) -> SafeString:
    """The QR code as an SVG without style or script; segno made every character of it."""
    made: str = segno.make(url, error="m").svg_inline(scale=5, border=2, omitsize=False)
    return mark_safe(made)  # noqa: S308 - of our own making; the url is only its dots
