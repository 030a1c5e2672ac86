"""The one table: route name → rule. Code, tests and ``docs/reference/policy.md`` read it.

Each door declares its rows in a module of its own beside this one; a route without a row is refused.
"""

from __future__ import annotations

from clientela.policy import (
    api,
    booking_page,
    client,
    desk,
    installable,
    leaving,
    operator,
    portal,
    security,
    setup,
    sign_in,
    simulator,
)
from clientela.policy.rule import Rule

TABLE: dict[str, Rule] = {
    **booking_page.ROUTES,
    **portal.ROUTES,
    **client.ROUTES,
    **leaving.ROUTES,
    **installable.ROUTES,
    **desk.ROUTES,
    **sign_in.ROUTES,
    **security.ROUTES,
    **setup.ROUTES,
    **simulator.ROUTES,
    **operator.ROUTES,
    **api.ROUTES,
}
