"""The way into the account from a public page: where signing in and joining are, and how the reader comes back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from clientela.business.models import ClientLogin


def account_door(*, login: str, back: str) -> dict[str, str]:
    """What the frame of a public page needs to offer the account; nothing where clients have no log-in.

    `back` is where the person returns to: the page with the choices they had made.
    """
    if login == ClientLogin.OFF:
        return {}
    query = urlencode({"next": back})
    return {
        "sign_in_url": f"{reverse('account_login')}?{query}",
        "create_account_url": f"{reverse('account_signup')}?{query}",
    }
