"""Support agents: made and ended by the operator, with a line in the audit, and by nobody else."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.accounts.people import NOW, proved, signed_up

from clientela.accounts.actions.set_support import end_support_agent, make_support_agent
from clientela.accounts.errors import NoSuchAccount, NotYours
from clientela.accounts.queries.support_agents import support_agents
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent

pytestmark = pytest.mark.django_db
OPERATOR = Actor.staff(UUID(int=1), "operator")


@pytest.mark.req("S0.20")
def test_the_operator_makes_a_support_agent_and_ends_that() -> None:
    ana = proved()
    for _ in range(2):
        make_support_agent(email=" ANA@example.com", by=OPERATOR, now=NOW)
    assert list(support_agents()) == [ana]
    for _ in range(2):
        end_support_agent(account=ana, by=OPERATOR, now=NOW)
    assert not support_agents()
    actions = AuditEvent.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["support-agent-made", "support-agent-ended"]


def test_only_a_proved_address_of_an_account_names_one() -> None:
    signed_up("new@example.com")
    for email in ("new@example.com", "nobody@example.com", ""):
        with pytest.raises(NoSuchAccount):
            make_support_agent(email=email, by=OPERATOR, now=NOW)


@pytest.mark.req("S0.20")
@pytest.mark.parametrize("role", ["support", "owner", "front_desk"])
def test_nobody_else_does(role: str) -> None:
    ana = proved()
    for by in (Actor.staff(ana.pk, role), Actor.client(ana.pk), Actor.guest()):
        with pytest.raises(NotYours):
            make_support_agent(email=ana.email, by=by, now=NOW)
        with pytest.raises(NotYours):
            end_support_agent(account=ana, by=by, now=NOW)
    assert not support_agents()
