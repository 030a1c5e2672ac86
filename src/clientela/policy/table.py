"""The one table: route name → rule. Code, tests and ``docs/reference/policy.md`` read it.

Each door declares its rows in a module of its own beside this one; a route without a row is refused.
"""

from __future__ import annotations

from clientela.policy import (
    api,
    balance,
    booking_page,
    chat,
    client,
    desk,
    desk_absorbing,
    desk_diagnosis,
    desk_duplicates,
    desk_messages,
    desk_payouts,
    desk_reports,
    desk_sales,
    desk_waiting,
    help_pages,
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
    support_desk,
)
from clientela.policy.rule import Rule

TABLE: dict[str, Rule] = {
    **booking_page.ROUTES,
    **portal.ROUTES,
    **client.ROUTES,
    **balance.ROUTES,
    **pay.ROUTES,
    **hooks.ROUTES,
    **help_pages.ROUTES,
    **chat.ROUTES,
    **leaving.ROUTES,
    **installable.ROUTES,
    **desk.ROUTES,
    **desk_sales.ROUTES,
    **desk_messages.ROUTES,
    **desk_payouts.ROUTES,
    **desk_absorbing.ROUTES,
    **desk_diagnosis.ROUTES,
    **desk_duplicates.ROUTES,
    **desk_reports.ROUTES,
    **desk_waiting.ROUTES,
    **sign_in.ROUTES,
    **security.ROUTES,
    **setup.ROUTES,
    **simulator.ROUTES,
    **operator.ROUTES,
    **support_desk.ROUTES,
    **api.ROUTES,
}
