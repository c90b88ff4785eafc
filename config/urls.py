"""What answers where. Each app lists its own paths; the client answers the rest."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("_allauth/", include("allauth.headless.urls")),
]
