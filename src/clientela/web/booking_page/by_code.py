"""Continue as the person who owns the address: a code goes to it, and who types it books on their own card.

The answer is the same whatever is known of the address (AUT-02): a new one gets a code too and begins an account by it. Nothing
that was typed changes anything before.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext as _

from clientela.rules.name_match import normalise_name
from clientela.web.booking_page.counter import Counter
from clientela.web.booking_page.details_form import LONGEST_NAME, DetailsForm
from clientela.web.booking_page.draft import keep_draft
from clientela.web.mailed_code import Newcomer, mail_code
from clientela.web.visitor import device_zone

WRONG, TOO_MANY = 422, 429


def by_code(
    request: HttpRequest, *, counter: Counter, form: DetailsForm, back: str
) -> HttpResponse | int:
    """Mail the code and lead to where it is typed, with everything kept; else the status of the page that says why not.

    Of what is asked only the address matters here: the rest may be blank, and is not judged.
    """
    address = form.only_address()
    if not address:
        return WRONG
    keep_draft(request, business=counter.business, email=address, kept_email=address)
    newcomer = Newcomer(
        name=normalise_name(request.POST.get("name", ""))[:LONGEST_NAME],
        language=(get_language() or "en").split("-")[0],
        zone=device_zone(request),
        business=counter.business.name,
    )
    if not mail_code(request, email=address, newcomer=newcomer, now=counter.now):
        form.add_error(
            "email",
            _("Several codes went to this address already. Look there, or book without one."),
        )
        return TOO_MANY
    query = urlencode({"next": back})
    return redirect(f"{reverse('account_confirm_login_code')}?{query}")
