"""Passkeys: make, name, remove, and come in with one. The browser's part is `static/security/passkeys.js`."""

from __future__ import annotations

import json
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth, flows
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from clientela.platform import clock
from clientela.platform.client_address import client_address
from clientela.platform.throttle import allow
from clientela.web.reading_zone import zone_of
from clientela.web.security.factors import passkeys_are_offered
from clientela.web.security.forms import AddPasskeyForm, PasskeyLoginForm, RenamePasskeyForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from clientela.policy.door_request import DoorRequest


def offered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer "not found" where the installation offers no passkeys."""

    @wraps(view)
    def asked(request: DoorRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not passkeys_are_offered():
            raise Http404
        return view(request, *args, **kwargs)

    return asked


def passkeys(request: DoorRequest) -> HttpResponse:
    """The person's passkeys, each with its name and when it was last used."""
    own = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    context = {
        "passkeys": own.order_by("created_at"),
        "offers_passkeys": passkeys_are_offered(),
        "zone": zone_of(request),
        "current": "security",
    }
    return render(request, "mfa/webauthn/authenticator_list.html", context)


def add_passkey(request: DoorRequest) -> HttpResponse:
    """Make a passkey that is found without typing an address, and that asks for finger, face or PIN."""
    form = AddPasskeyForm(data=request.POST or None, user=request.user)  # type: ignore[call-arg]  # allauth is untyped
    if request.method == "POST" and form.is_valid():
        auth.WebAuthn.add(request.user, form.cleaned_data["name"], form.cleaned_data["credential"])
        get_adapter().send_notification_mail("mfa/email/webauthn_added", request.user)
        return redirect("mfa_list_webauthn")
    options = as_json(auth.begin_registration(request.user, passwordless=True))
    context = {"form": form, "options": options, "current": "security"}
    status = 422 if form.errors else 200
    return render(request, "mfa/webauthn/add_form.html", context, status=status)


def rename_passkey(request: DoorRequest, pk: int) -> HttpResponse:
    """Another name for one of the person's own passkeys."""
    form = RenamePasskeyForm(request.POST or None, instance=_own(request, pk))
    if request.method == "POST" and form.is_valid():
        form.save()  # writes: allauth's own rows, which no action of ours owns
        return redirect("mfa_list_webauthn")
    context = {"form": form, "pk": pk, "current": "security"}
    return render(request, "mfa/webauthn/edit_form.html", context)


def remove_passkey(request: DoorRequest, pk: int) -> HttpResponse:
    """Let one of the person's own passkeys open nothing any more; its owner is told by mail."""
    passkey = _own(request, pk)
    if request.method == "POST":
        flows.remove_authenticator(request, passkey)
        return redirect("mfa_list_webauthn")
    context = {"passkey": passkey, "current": "security"}
    return render(request, "mfa/webauthn/authenticator_confirm_delete.html", context)


def enter_with_passkey(request: HttpRequest) -> HttpResponse:
    """Give the browser its riddle (GET), and let in whoever brings the answer (POST)."""
    if request.method != "POST":
        return JsonResponse(json.loads(as_json(auth.begin_authentication(user=None))))
    if request.user.is_authenticated:
        return HttpResponseRedirect(get_adapter().get_login_redirect_url(request))
    form = PasskeyLoginForm(data=request.POST)
    if not (_may_try(request) and form.is_valid()):
        return redirect(f"{reverse('account_login')}?{urlencode(_back(request))}")
    passkey = form.cleaned_data["credential"]
    answer: HttpResponse = flows.perform_passwordless_login(
        request, passkey, Login(user=passkey.user)
    )
    return answer


def as_json(options: Any) -> str:  # noqa: ANN401 -- fido2's own value
    """What the browser is asked, as text for its script."""
    return json.dumps(options, cls=DjangoJSONEncoder)


def _own(request: DoorRequest, pk: int) -> Authenticator:
    found: Authenticator = get_object_or_404(
        Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN
    )
    return found


def _may_try(request: HttpRequest) -> bool:
    # Nothing can be guessed here; the limit spares the machine the arithmetic.
    key = f"passkey-login:{client_address(request)}"
    return allow(key=key, limit=30, per_seconds=60, now=clock.now())


def _back(request: HttpRequest) -> dict[str, str]:
    wanted = get_next_redirect_url(request)
    return {"passkey": "refused"} | ({"next": wanted} if wanted else {})
