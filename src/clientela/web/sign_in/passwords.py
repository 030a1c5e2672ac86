"""Forgotten, changed and first passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import views as theirs
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from clientela.accounts.actions.ask_reset import ask_reset
from clientela.accounts.actions.end_sessions import end_sessions
from clientela.accounts.errors import AccountGone, EmailTaken
from clientela.platform import clock
from clientela.web.sign_in.arrival import account_of, arrival_path
from clientela.web.sign_in.entrance import entrance, onward
from clientela.web.sign_in.forms import ResetPasswordForm
from clientela.web.sign_in.login import TOO_OFTEN
from clientela.web.sign_in.proof import prove_by_mailbox, was_dropped

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse


def forgotten(request: HttpRequest) -> HttpResponse:
    """Take the address down. What is mailed, and whether anything can be replaced, only the mailbox learns."""
    form = ResetPasswordForm(
        request.POST or None, initial={"email": request.GET.get("email", "")[:254]}
    )
    if request.method == "POST" and form.is_valid():
        language = (get_language() or settings.LANGUAGE_CODE)[:2]
        ask_reset(email=form.cleaned_data["email"], language=language, now=clock.now())
        return redirect("account_reset_password_done")
    status = TOO_OFTEN if form.is_limited else 200
    context = {**entrance(request), "form": form}
    return render(request, "account/password_reset.html", context, status=status)


class _Limited:
    """429 for a form that was sent too often."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """The page again."""
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of the view beside
        if getattr(form, "is_limited", False):
            answer.status_code = TOO_OFTEN
        return answer


class ResetView(theirs.PasswordResetFromKeyView):  # type: ignore[misc]  # allauth is untyped
    """Choose a new password with the mailed link. Afterwards every browser is signed out, this one too."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """The link came from the mailbox: an account that nobody had proved is proved by it, and emptied first."""
        account = self.reset_user
        try:
            prove_by_mailbox(self.request, account, email=account.email, now=clock.now())
        except (AccountGone, EmailTaken):
            return redirect("account_reset_password")
        answer: HttpResponse = super().form_valid(form)
        end_sessions(account=account)
        return answer


class ChangeView(_Limited, theirs.PasswordChangeView):  # type: ignore[misc]  # likewise
    """Change the password: every browser is signed out, this one too."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """Add where one goes without changing it."""
        return {**super().get_context_data(**kwargs), "after_url": _after(self.request)}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """The hash ends every session at its next request; their rows go at once."""
        account = self.request.user
        answer: HttpResponse = super().form_valid(form)
        end_sessions(account=account)
        return answer


class SetView(theirs.PasswordSetView):  # type: ignore[misc]  # likewise
    """Choose a first password. This browser stays signed in, the others do not."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """Add where one goes without choosing one, and why there is none."""
        more = {"after_url": _after(self.request), "was_dropped": was_dropped(self.request)}
        return {**super().get_context_data(**kwargs), **entrance(self.request), **more}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Save, keep this session, end the others, tell the mailbox."""
        account, adapter = account_of(self.request), get_adapter(self.request)
        adapter.set_password(account, form.cleaned_data["password1"])
        update_session_auth_hash(self.request, account)
        end_sessions(account=account, keep=self.request.session.session_key)
        adapter.send_notification_mail("account/email/password_set", account)
        return HttpResponseRedirect(_after(self.request))


def _after(request: HttpRequest) -> str:
    """Where one wanted to go, or home."""
    return onward(request) or arrival_path(account_of(request))


reset = ResetView.as_view()
change = ChangeView.as_view()
first = SetView.as_view()
