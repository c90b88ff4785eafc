"""What answers where. Each app lists its own paths; the client answers the rest."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from complaints.admin import site as operator_site

from . import client, health, problems, schema_views

# allauth serves these whatever the settings; all of them need an e-mail address or a telephone
# number, which no account here has.
CLOSED = (
    "account/email",
    "account/phone",
    "auth/email/verify",
    "auth/email/verify/resend",
    "auth/phone/verify",
    "auth/phone/verify/resend",
    "auth/password/request",
    "auth/password/reset",
    "auth/code/confirm",
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(path(f"_allauth/browser/v1/{closed}", problems.closed) for closed in CLOSED),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/", include("accounts.urls")),
    path("api/", include("evidence.urls")),
    path("api/", include("complaints.urls")),
    path("api/schema/", schema_views.schema, name="schema"),
    path("api/docs/", schema_views.docs, name="docs"),
    path("console/accounts/", operator_site.urls),
    path("console/", include("complaints.console.urls")),
    path("health/", health.health, name="health"),
    path("", include("evidence.public_urls")),
    path("share", client.shared_too_early, name="share"),
    path("", client.not_built, name="client"),
]

handler400 = "config.problems.bad_request"
handler403 = "config.problems.not_allowed"
handler404 = "config.problems.not_found"
handler500 = "config.problems.server_error"
