"""Paths of evidence that anybody may read, relative to the root of the site."""

from __future__ import annotations

from django.urls import path

from evidence.views import log, trust

urlpatterns = [
    path("trust/", trust.page, name="trust"),
    path("trust/trust.json", trust.trust_json),
    path("trust/4_CHECK.html", trust.check_page),
    path("trust/ca.pem", trust.ca_pem),
    path("trust/ca.crl", trust.ca_crl),
    path("log/checkpoint", log.checkpoint),
    path("log/tile/entries/<path:number>", log.entries),
    path("log/tile/<int:level>/<path:number>", log.tile),
]
