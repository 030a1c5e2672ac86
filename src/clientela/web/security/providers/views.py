"""Going to a provider and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpResponse
from django.shortcuts import render
from requests import RequestException

from clientela.platform import clock
from clientela.platform.client_address import client_address
from clientela.platform.throttle import allow
from clientela.web.security.providers.configured import Provider, provider_of
from clientela.web.security.providers.facebook import FacebookAdapter
from clientela.web.security.providers.oidc import OidcAdapter, OidcReturn, comes_from
from clientela.web.still_you import fresh

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clientela.policy.door_request import DoorRequest

STEPS_A_MINUTE = 60


def go(request: HttpRequest, provider: str) -> HttpResponse:
    """Send the person to the provider by a page of ours: so the content policy lets no form leave this site."""
    known = _known(provider)
    if not _may_go_on(request):
        return _too_often(request)
    if request.POST.get("process") == "connect":
        if not request.user.is_authenticated:
            raise Http404
        return _connect(request, known)
    return _leave(request, known)


def come_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Take the provider's answer; allauth compares the state, we what the token says."""
    known = _known(provider)
    if not _may_go_on(request):
        return _too_often(request)
    if known.kind == "facebook":
        answer: HttpResponse = OAuth2CallbackView.adapter_view(FacebookAdapter(request))(request)
        return answer
    adapter = OidcAdapter(request, known.key)
    try:
        must_say = bool(adapter.openid_config.get("authorization_response_iss_parameter_supported"))
    except (OAuth2Error, RequestException) as error:
        return _failed(request, adapter, error)
    if not comes_from(known.issuer, said=request.GET.get("iss"), must_say=must_say):
        return _failed(request, adapter, OAuth2Error("another provider answers"))
    try:
        answer = OidcReturn.adapter_view(adapter)(request)
    except (KeyError, ValueError) as error:
        return _failed(request, adapter, error)
    return answer


def cancelled(request: HttpRequest) -> HttpResponse:
    """The person said no over there."""
    return render(request, "socialaccount/login_cancelled.html")


@fresh
def _connect(request: DoorRequest, known: Provider) -> HttpResponse:
    return _leave(request, known)


def _may_go_on(request: HttpRequest) -> bool:
    # Nothing can be guessed here; the limit spares the provider, whom each step may ask something.
    key = f"provider-step:{client_address(request)}"
    return allow(key=key, limit=STEPS_A_MINUTE, per_seconds=60, now=clock.now())


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=429)


def _known(key: str) -> Provider:
    found = provider_of(key)
    if found is None:
        raise Http404
    return found


def _leave(request: HttpRequest, known: Provider) -> HttpResponse:
    process = "connect" if request.POST.get("process") == "connect" else "login"
    adapter = (
        FacebookAdapter(request) if known.kind == "facebook" else OidcAdapter(request, known.key)
    )
    provider = adapter.get_provider()
    wanted = provider.get_redirect_from_request_kwargs(request) | {"process": process}
    try:
        answer: HttpResponse = provider.redirect(request, **wanted)
    except (OAuth2Error, RequestException, KeyError, ValueError) as error:
        return _failed(request, adapter, error)
    if "Location" not in answer:
        return answer
    context = {"name": known.name, "url": answer["Location"]}
    return render(request, "security/leaving.html", context)


def _failed(request: HttpRequest, adapter: OidcAdapter, error: Exception) -> HttpResponse:
    answer: HttpResponse = render_authentication_error(
        request, adapter.get_provider(), exception=error
    )
    return answer
