"""The paths of one's own account, under `/api/`."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("me/", views.Me.as_view(), name="me"),
    path("account/recovery-code/", views.RecoveryCodeView.as_view(), name="recovery-code"),
    path("recover/", views.Recover.as_view(), name="recover"),
    path("texts/<slug:name>/", views.TextView.as_view(), name="text"),
]
