"""The second step of a log-in: after the first proof, whichever it was, and before anybody is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.shortcuts import redirect

from clientela.web.mailed_code import alike
from clientela.web.security.factors import passkeys_are_offered
from clientela.web.security.passkeys import as_json

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from clientela.policy.door_request import DoorRequest


class SecondStep(base.AuthenticateView):  # type: ignore[misc]  # allauth is untyped
    """Ask for an app's code or a recovery code, or for a passkey where the person has one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401, ARG002 -- allauth's signature
        """The form, and the passkey's riddle. A refused code is not shown again."""
        account = self.stage.login.user
        found: dict[str, Any] = {"form": self.auth_form, "email": account.email}
        if passkeys_are_offered() and _has_passkey(account):
            found["passkey_form"] = self.webauthn_form
            found["options"] = as_json(auth.begin_authentication(account))
        return found

    def form_invalid(self, form: Form) -> HttpResponse:  # noqa: ARG002 -- allauth's signature
        """Say what was wrong, as a refusal."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(), status=422)
        return answer


class _Again:
    """Whoever has no factor proves their mailbox instead."""

    def _check_reauthentication_method_available(self, request: DoorRequest) -> HttpResponse | None:
        if not get_adapter().get_reauthentication_methods(request.user):
            return redirect("security_again")
        answer: HttpResponse | None = super()._check_reauthentication_method_available(request)  # type: ignore[misc]  # of allauth's view
        return answer


class AppCodeAgain(_Again, base.ReauthenticateView):  # type: ignore[misc]  # likewise
    """The code of an app, or a recovery code, once more."""

    template_name = "mfa/reauthenticate.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say what was wrong, as a refusal."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer


class PasskeyAgain(_Again, webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]  # likewise
    """A passkey once more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- allauth's signature
        """The riddle."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        found["options"] = as_json(found.pop("js_data")["request_options"])
        return found

    def form_invalid(self, form: Form) -> HttpResponse:  # noqa: ARG002 -- allauth's signature
        """Ask again, from the beginning."""
        return redirect(f"{self.request.path}?{self.request.GET.urlencode()}")


def _has_passkey(account: Any) -> bool:  # noqa: ANN401 -- allauth's own value
    kind = Authenticator.Type.WEBAUTHN
    return bool(Authenticator.objects.filter(user=account, type=kind).exists())


# Whoever comes here while a mailed code is awaited is sent away, after allauth has looked up whose code it is.
second_step = alike(SecondStep.as_view())
