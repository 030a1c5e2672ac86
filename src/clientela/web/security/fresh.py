"""Is it still you? The page for who has neither password nor factor: they prove their mailbox, as at log-in.

Which pages ask is said by ``web/still_you.py``; whoever has just proved themselves is not asked again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.platform import clock, sealed
from clientela.platform.throttle import allow
from clientela.web.security.forms import count_try
from clientela.web.security.other_proofs import mail_is_enough

if TYPE_CHECKING:
    from clientela.accounts.models import Account
    from clientela.policy.door_request import DoorRequest

_CODE: Final = "security.mailed-code"
CODE_LASTS: Final = timedelta(minutes=15)
MAILS_AN_HOUR: Final = 5


class MailedCodeForm(forms.Form):
    """The code that was mailed."""

    code = forms.CharField(
        label=gettext_lazy("Code from the email"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )


def again_by_code(request: DoorRequest) -> HttpResponse:
    """Send a code to the log-in address, and take it. Where a second step is on, the mailbox is not enough."""
    if not mail_is_enough(request.user):
        return redirect(_with_next(request, reverse("mfa_reauthenticate")))
    form = MailedCodeForm(request.POST if "code" in request.POST else None)
    if "send" in request.POST and not _send(request):
        form.full_clean()
        form.add_error(None, _("We have sent several codes already. Wait a little."))
    elif form.is_bound and form.is_valid() and _is_right(request, form):
        record_authentication(request, request.user, method="code", reauthenticated=True)
        answer: HttpResponse | None = resume_request(request)
        return answer or redirect("security")
    context = {"form": form, "is_sent": _CODE in request.session, "next": _next(request)}
    status = 422 if form.errors else 200
    return render(request, "security/again_by_code.html", context, status=status)


def _send(request: DoorRequest) -> bool:
    account: Account = request.user
    now = clock.now()
    key = f"mailed-code:{account.pk}"
    if not allow(key=key, limit=MAILS_AN_HOUR, per_seconds=3600, now=now):
        return False
    adapter = get_adapter()
    code = adapter.generate_login_code()
    until = (now + CODE_LASTS).isoformat()
    request.session[_CODE] = sealed.seal({"code": code, "until": until, "of": str(account.pk)})
    adapter.send_mail("account/email/login_code", account.email, {"user": account, "code": code})
    return True


def _is_right(request: DoorRequest, form: MailedCodeForm) -> bool:
    try:
        count_try(request.user)
    except ValidationError as error:
        form.add_error("code", error)
        return False
    if _matches(request, form.cleaned_data["code"]):
        del request.session[_CODE]
        return True
    form.add_error("code", _("This code is not right, or it is too old."))
    return False


def _matches(request: DoorRequest, given: str) -> bool:
    try:
        parcel: dict[str, Any] = sealed.unseal(request.session.get(_CODE, ""))
    except sealed.Unreadable:
        return False
    lives = datetime.fromisoformat(parcel["until"]) > clock.now()
    its_own = parcel["of"] == str(request.user.pk)
    return lives and its_own and bool(compare_user_code(actual=given, expected=parcel["code"]))


def _next(request: DoorRequest) -> str:
    given = request.POST.get("next", "") or request.GET.get("next", "")
    return given if given.startswith("/") and get_adapter().is_safe_url(given) else ""


def _with_next(request: DoorRequest, url: str) -> str:
    wanted = _next(request)
    return f"{url}?next={wanted}" if wanted else url
