"""Sign in: a code by mail first, or a passkey, a password, another provider.

The views are allauth's, so that second factors and what other rooms add stand behind every way in.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.account import views as theirs
from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clientela.accounts.errors import AccountGone, EmailTaken
from clientela.platform import clock
from clientela.web.guess_limits import Way, may_try
from clientela.web.mailed_code import alike, awaited_newcomer, note_over
from clientela.web.sign_in.arrival import account_of, arrival_path
from clientela.web.sign_in.begin_by_code import opened_by_code
from clientela.web.sign_in.entrance import entrance, onward, with_next
from clientela.web.sign_in.forms import RequestLoginCodeForm

if TYPE_CHECKING:
    from django import forms

TOO_OFTEN = 429


class _Entrance:
    """What the pages of the door have in common: the way onward, and the answer to one who tries too often."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """Add whose door it is."""
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view beside
        return found | entrance(self.request)  # type: ignore[attr-defined]  # likewise

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """The page again; 429 when it was sent too often. Known and unknown addresses are counted alike."""
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # likewise
        if getattr(form, "is_limited", False):
            answer.status_code = TOO_OFTEN
        return answer

    def _redirect_to_pending_stage(self, *_: object) -> None:
        """A code that was asked for does not hold anybody at its page: one may come back and choose another way."""


class LoginView(_Entrance, theirs.LoginView):  # type: ignore[misc]  # allauth is untyped
    """Sign in by password; the page offers the other ways."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """Add the first form, whose address goes to the mailed code."""
        typed = self.request.POST.get("login", "") or self.request.GET.get("email", "")
        code_form = RequestLoginCodeForm(initial={"email": typed[:254]})
        return {**super().get_context_data(**kwargs), "code_form": code_form}


class CodeMailView(_Entrance, theirs.RequestLoginCodeView):  # type: ignore[misc]  # likewise
    """Ask for a code by mail."""


class CodeView(_Entrance, theirs.ConfirmLoginCodeView):  # type: ignore[misc]  # likewise
    """Enter the code. Five tries at one code, however many come at once."""

    _process: Any = None  # what allauth finds of the code that is awaited

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- Django's signature
        """Who asked for the code from another page goes back there when its time is over."""
        self.newcomer = awaited_newcomer(request)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        is_entered = self._process is not None or request.user.is_authenticated
        return answer if is_entered else self._over()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """Add where the code was asked for, if not at this door."""
        return {**super().get_context_data(**kwargs), "newcomer": self.newcomer}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- Django's signature
        """Count before looking: the session's own count is read and written by all tries at once."""
        if not may_try(request=request, way=Way.CODE, about=self._of_this_code(), now=clock.now()):
            clear_login(request)
            return self._over()
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """The page again; after the fifth try the code is void."""
        answer = super().form_invalid(form)
        return self._over() if answer.status_code == HTTPStatus.FOUND else answer

    def _of_this_code(self) -> str:
        """A key for the code that was mailed: its address and moment."""
        state = self._process.state
        text = f"{state.get('email')} {state.get('at')}"
        return hashlib.sha256(text.encode()).hexdigest()

    def _over(self) -> HttpResponse:
        """To where another code can be asked for."""
        back = onward(self.request)
        if self.newcomer and back:
            note_over(self.request)
            return redirect(back)
        return redirect(with_next(reverse("account_request_login_code"), back))

    def _verify_form_valid(self, form: forms.Form) -> HttpResponse:
        """A code reached the mailbox: for an account that nobody had proved this is the proof."""
        process = self._process
        try:
            account = opened_by_code(
                self.request,
                account=process.user,
                email=process.state["email"],
                newcomer=self.newcomer,
                now=clock.now(),
            )
        except (AccountGone, EmailTaken):
            clear_login(self.request)
            return redirect("account_inactive" if self.newcomer else "account_signup")
        process._user = account  # noqa: SLF001 -- what allauth signs in; for a new address it knew nobody
        answer: HttpResponse = super()._verify_form_valid(form)
        return answer


class AgainView(_Entrance, theirs.ReauthenticateView):  # type: ignore[misc]  # likewise
    """The password once more, before something that concerns the safety of the account."""


class LogoutView(theirs.LogoutView):  # type: ignore[misc]  # likewise
    """Sign out, after a page that asks: only a POST does it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """Add the way back."""
        stay = arrival_path(account_of(self.request))
        return {**super().get_context_data(**kwargs), **entrance(self.request), "stay_url": stay}


login = alike(LoginView.as_view())
logout = LogoutView.as_view()
again = AgainView.as_view()
code_mail = alike(CodeMailView.as_view())
code = alike(CodeView.as_view())
