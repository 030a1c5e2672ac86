"""Addresses that lead to another spelling of themselves, or to where the log-in was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest


def without_slash(request: HttpRequest, page: str) -> HttpResponsePermanentRedirect:
    """The same page at its one address; whatever was asked with it stays."""
    return _to(request, request.path_info.rstrip("/"))


def desk_sign_in(request: HttpRequest) -> HttpResponsePermanentRedirect:
    """Staff and clients sign in at one door; ``next`` brings back to the desk."""
    return _to(request, reverse("account_login"))


def desk_reset(request: HttpRequest) -> HttpResponsePermanentRedirect:
    """Where a new password is asked for."""
    return _to(request, reverse("account_reset_password"))


def _to(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect:
    asked = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{asked}" if asked else path)
