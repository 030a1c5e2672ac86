"""A browser with the session of somebody who just signed in; the pages of signing in have journeys of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client as Browser

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from clientela.accounts.models import Account


def put_session(context: BrowserContext, account: Account, *, url: str) -> None:
    """Give every page of ``context`` the account's fresh session at ``url``."""
    browser = Browser()
    browser.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": url}])
