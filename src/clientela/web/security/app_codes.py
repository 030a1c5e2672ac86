"""App codes and recovery codes: allauth's arithmetic, our sealed places, and codes that are shown once."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp, deactivate_totp
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from clientela.web.security.app_secret import forget_secret, show_codes, shown_codes
from clientela.web.security.forms import ActivateForm
from clientela.web.security.overview import codes_left

if TYPE_CHECKING:
    from clientela.policy.door_request import DoorRequest

_TOTP = Authenticator.Type.TOTP
_CODES = Authenticator.Type.RECOVERY_CODES


def turn_on(request: DoorRequest) -> HttpResponse:
    """Show the secret as a picture and as text; the app's first code turns the second step on."""
    if Authenticator.objects.filter(user=request.user, type=_TOTP).exists():
        return redirect("mfa_deactivate_totp")
    form = ActivateForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        activate_totp(request, form)
        forget_secret(request)
        show_codes(request, request.user)
        return redirect("mfa_view_recovery_codes")
    adapter = get_adapter()
    app_url = adapter.build_totp_url(request.user, form.secret)
    picture = adapter.build_totp_svg(app_url)
    context = {
        "form": form,
        "picture": f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}",
        "secret": " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4)),
        "app_url": app_url,
        "current": "security",
    }
    status = 422 if form.errors else 200
    return render(request, "mfa/totp/activate_form.html", context, status=status)


def turn_off(request: DoorRequest) -> HttpResponse:
    """Ask no second step any more; the recovery codes go with the app."""
    app = get_object_or_404(Authenticator, user=request.user, type=_TOTP)
    if request.method == "POST":
        deactivate_totp(request, app)
        codes = Authenticator.objects.filter(user=request.user, type=_CODES)
        codes.delete()  # writes: allauth's own rows, which no action of ours owns
        return redirect("security")
    return render(request, "mfa/totp/deactivate_form.html", {"current": "security"})


def new_codes(request: DoorRequest) -> HttpResponse:
    """Make ten new codes; the old ones are dead from then on."""
    get_object_or_404(Authenticator, user=request.user, type=_TOTP)
    if request.method == "POST":
        generate_recovery_codes(request)
        show_codes(request, request.user)
        return redirect("mfa_view_recovery_codes")
    context = {"left": codes_left(request.user), "current": "security"}
    return render(request, "mfa/recovery_codes/generate.html", context)


def codes(request: DoorRequest) -> HttpResponse:
    """The codes just made, for ten minutes in this browser; afterwards only how many are left."""
    if not Authenticator.objects.filter(user=request.user, type=_CODES).exists():
        return redirect("security")
    left = codes_left(request.user)
    context = {"codes": shown_codes(request), "left": left, "current": "security"}
    return render(request, "mfa/recovery_codes/index.html", context)


def codes_file(request: DoorRequest) -> HttpResponse:
    """The same codes as a text file, for as long as the page shows them."""
    shown = shown_codes(request)
    if not shown:
        return redirect("mfa_view_recovery_codes")
    head = [request.user.email, settings.PUBLIC_URL + reverse("account_login"), ""]
    text = "\n".join([*head, *shown, ""])
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return answer
