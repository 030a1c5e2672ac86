"""A second look at an e-mail address while it is typed: only ever a tip."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from clientela.rules.mail_hosts import likely_meant
from clientela.web.booking_page.details_form import DetailsForm
from clientela.web.booking_page.offering import policy_of
from clientela.web.visitor import business_of, language_of, speak


def email_check(request: HttpRequest, business: str) -> HttpResponse:
    """Answer the e-mail field again, with a tip if the address looks mistyped, or corrected if the tip was taken."""
    ours = business_of(request)
    speak(request, fallback=language_of(ours))
    fix = request.POST.get("email_fix", "")
    typed = fix or request.POST.get("email", "")
    policy = policy_of(ours)
    form = DetailsForm(policy=policy, country="", initial={"email": typed, "kept_email": typed})
    form.tip, form.was_fixed = likely_meant(typed), bool(fix)
    context = {
        "form": form,
        "email_check_url": reverse("booking_page:email-check", args=[business]),
    }
    return render(request, "booking_page/email_field.html", context)
