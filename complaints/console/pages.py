"""How every page of the console is made: language, header numbers, notices, problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts import language, policy
from accounts.errors import AccountError
from accounts.models import User
from complaints.console.access import wanted_next
from complaints.console.alarms import alarms
from complaints.errors import ComplaintError
from evidence.errors import EvidenceError

OURS = (AccountError, ComplaintError, EvidenceError)
# Other messages are allauth's, in Django's words; the console says its own.
TAG = "console"

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def language_of(request: HttpRequest) -> str:
    """The signed-in person's own language; a stranger's by their browser."""
    if isinstance(request.user, User):
        return str(request.user.language)
    return language.of(request)


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render one page. Staff past their second factor see the header numbers on it."""
    is_inside = isinstance(request.user, User) and _is_past_second_factor(request)
    return render(
        request,
        f"console/{template}.html",
        {
            "lang": language_of(request),
            "alarms": alarms() if is_inside else None,
            "is_inside": is_inside,
            "notices": [one for one in messages.get_messages(request) if TAG in one.tags],
            **context,
        },
        status=status,
    )


def notice(request: HttpRequest, key: str, **values: Any) -> None:
    """Say one sentence of the catalogue on the next page."""
    said = language.text(key, language_of(request), **values)
    messages.success(request, said, extra_tags=TAG)


def refuse(request: HttpRequest, error: Exception) -> None:
    """Say on the next page why an act was not done: the title and detail of its problem code."""
    lang, code = language_of(request), str(getattr(error, "code", "internal_error"))
    values = {
        name: value for name, value in vars(error).items() if isinstance(value, str | int | float)
    }
    said = language.text(code, lang, **values)
    if language.has_text(f"{code}.detail", lang):
        said = f"{said}。{language.text(f'{code}.detail', lang, **values)}"
    messages.error(request, said, extra_tags=f"{TAG} {code}")


def acting(back: str) -> Callable[[View], View]:
    """For a POST: a refusal of ours is said on the page it came from, never as a bare error.

    Args:
        back: the name of the page to go back to when the form does not name one (`next`); it
            takes the view's own arguments.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except OURS as error:
                refuse(request, error)
                if request.POST.get("next"):
                    return HttpResponseRedirect(wanted_next(request))
                return HttpResponseRedirect(reverse(back, kwargs=kwargs))

        return cast(View, guarded)

    return guard


def _is_past_second_factor(request: HttpRequest) -> bool:
    user = request.user
    if not isinstance(user, User) or not user.is_staff:
        return False
    return policy.has_second_factor(user) and policy.used_second_factor(request)
