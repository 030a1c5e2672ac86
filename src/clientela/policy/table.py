"""The one table: route name → rule. Code, tests and ``docs/reference/policy.md`` read it.

Each door declares its rows in a module of its own beside this one; a route without a row is refused.
"""

from __future__ import annotations

from clientela.policy import (
    api,
    balance,
    booking_page,
    client,
    desk,
    desk_diagnosis,
    desk_messages,
    desk_reports,
    desk_sales,
    desk_waiting,
    hooks,
    installable,
    leaving,
    operator,
    pay,
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
    **balance.ROUTES,
    **pay.ROUTES,
    **hooks.ROUTES,
    **leaving.ROUTES,
    **installable.ROUTES,
    **desk.ROUTES,
    **desk_sales.ROUTES,
    **desk_messages.ROUTES,
    **desk_diagnosis.ROUTES,
    **desk_reports.ROUTES,
    **desk_waiting.ROUTES,
    **sign_in.ROUTES,
    **security.ROUTES,
    **setup.ROUTES,
    **simulator.ROUTES,
    **operator.ROUTES,
    **api.ROUTES,
}
