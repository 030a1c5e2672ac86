"""Create an account, from any of the doors: `/client/create-account` is the link to share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from clientela.accounts.actions.ask_sign_up import SignUp, ask_sign_up
from clientela.accounts.models import Account
from clientela.booking.queries.appointment_by_link import appointment_by_link
from clientela.business.models import Business
from clientela.platform import clock
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope
from clientela.rules.name_match import normalise_email, normalise_name
from clientela.web.brand import brand_of
from clientela.web.guess_limits import Way
from clientela.web.sign_in.entrance import entrance, onward, with_next
from clientela.web.sign_in.forms import Plain
from clientela.web.sign_in.proof import remember_sign_up
from clientela.web.visitor import device_zone

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TOO_OFTEN: Final = 429
_WAITING: Final = "sign_up_waiting"


class SignUpForm(Plain):
    """A name, an address, and a password for who wants one."""

    way = Way.SIGN_UP
    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Email"), max_length=254)
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(render_value=False),
    )

    def clean_name(self) -> str:
        """A name is more than blanks."""
        name = normalise_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean_email(self) -> str:
        """The one spelling in which addresses are kept."""
        return normalise_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Judge the password beside the name and the address; then count."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("password"):
            try:
                person = Account(name=given.get("name", ""), email=given.get("email", ""))
                validate_password(given["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        if not self.errors:
            self.count_try(given["email"])
        return given


def sign_up(request: HttpRequest) -> HttpResponse:
    """Take the wish down; whether the address is free only its mailbox learns."""
    if request.user.is_authenticated:
        return redirect(onward(request) or get_adapter(request).get_login_redirect_url(request))
    about = _about(request)
    form = SignUpForm(request.POST or None, initial=about.pop("initial"))
    if request.method == "POST" and form.is_valid():
        _ask(request, form.cleaned_data)
        return redirect(with_next(reverse("account_email_verification_sent"), onward(request)))
    status = TOO_OFTEN if form.is_limited else 200
    return render(request, "account/signup.html", {"form": form, **about}, status=status)


def look_in_mailbox(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, what it is for, and what happens without it."""
    waiting = request.session.get(_WAITING) or {}
    context = {**entrance(request), "email": waiting.get("email", "")}
    return render(request, "account/verification_sent.html", context)


def _ask(request: HttpRequest, given: dict[str, Any]) -> None:
    """The same work for every address: one hash, one parcel."""
    account_id = uuid7()
    # A person without a password costs a hash too: else the time would tell which way was chosen.
    password_hash = make_password(given["password"] or "none was chosen")
    wish = SignUp(
        account_id=str(account_id),
        email=given["email"],
        name=given["name"],
        password_hash=password_hash if given["password"] else "",
        language=(get_language() or settings.LANGUAGE_CODE)[:2],
        zone=device_zone(request),
        onward=onward(request),
    )
    ask_sign_up(wish=wish, now=clock.now())
    remember_sign_up(request, account_id=account_id)
    request.session[_WAITING] = {"email": given["email"]}


def _about(request: HttpRequest) -> dict[str, Any]:
    """Whose door it is, and what a booking made as a guest already says: its name, to whoever holds its link."""
    context: dict[str, Any] = entrance(request)
    initial = {"email": request.GET.get("email", "")[:254]}
    asked = request.GET.get("business", "")
    # PostgreSQL refuses to look for some signs that an address can carry.
    business = Business.objects.filter(slug=asked).first() if slug_re.fullmatch(asked) else None
    if business is not None:
        context |= {"business": business, "brand": brand_of(business)}
        with business_scope(business.pk):
            booked = appointment_by_link(request.GET.get("booking", ""))
            if booked is not None:
                initial["name"] = booked.client.record_name
    login_url = with_next(reverse("account_login"), context["onward"])
    return {**context, "initial": initial, "login_url": login_url}
