"""Addresses of the installable room."""

from __future__ import annotations

from django.urls import path

from clientela.web.installable.hint import hide_hint
from clientela.web.installable.manifest import (
    business_icon,
    business_manifest,
    client_icon,
    client_manifest,
)
from clientela.web.installable.offline import offline
from clientela.web.installable.worker import worker

app_name = "installable"
urlpatterns = [
    path("client/manifest.webmanifest", client_manifest, name="client-manifest"),
    path("client/icon-<int:size>.png", client_icon, name="client-icon"),
    path("client/sw.js", worker, name="worker"),
    path("client/offline", offline, name="offline"),
    path("client/install-hint", hide_hint, name="hide-hint"),
    path("<slug:business>/manifest.webmanifest", business_manifest, name="business-manifest"),
    path("<slug:business>/icon-<int:size>.png", business_icon, name="business-icon"),
]
