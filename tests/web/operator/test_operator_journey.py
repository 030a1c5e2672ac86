"""The operator's page in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from tests.web.operator.test_operator import (  # noqa: F401 -- fixtures of the neighbouring file
    appointment,
    business,
    client_card,
    location,
    make_appointment,
    make_message,
    operator,
    professional,
    scope,
    service,
)

from clientela.notify.models import Reason

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_operator_sees_what_waits_and_settles_it(
    live_server,
    open_page: Callable,
    operator,  # noqa: F811 -- a fixture
    make_message,  # noqa: F811 -- a fixture
    assert_accessible,
    width: int,
) -> None:
    make_message(Reason.UNKNOWN)
    page = open_page(viewport={"width": width, "height": 900})
    session = operator.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.goto(live_server.url + reverse("operator:home"))
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Leave it").click()
    page.get_by_text("It is left as it is").wait_for()
