"""Tokens: made once, kept as a digest, used, noted and revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from tests.cast import Person

from clientela.api.actions.make_token import make_token
from clientela.api.actions.note_use import note_use
from clientela.api.actions.revoke_token import revoke_token
from clientela.api.models import ApiToken, TokenScope
from clientela.api.queries.token_of_request import living_token, use_is_worth_noting
from clientela.api.queries.tokens import tokens
from clientela.business.models import Business
from clientela.commands.token import command
from clientela.platform.audit import AuditEvent
from clientela.platform.tenancy import business_scope

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def make(business: Business, owner: Person, *, label: str = "Website"):
    return make_token(
        business=business, label=label, scope=TokenScope.READ, by=owner.actor, now=NOW
    )


def test_a_token_is_found_by_its_secret_and_kept_only_as_a_digest(
    business: Business, owner: Person
) -> None:
    made = make(business, owner)
    assert living_token(business=business, secret=made.secret) == made.row
    kept = ApiToken.objects.values().get()
    assert made.secret not in repr(kept)
    assert kept["hint"] == made.secret[:8]
    assert len(made.secret) == len("cl_") + 43, "256 bits"


def test_making_and_revoking_are_audited_without_the_secret(
    business: Business, owner: Person
) -> None:
    made = make(business, owner)
    revoke_token(token=made.row, by=owner.actor, now=NOW)
    revoke_token(token=made.row, by=owner.actor, now=NOW)
    lines = list(AuditEvent.objects.filter(action__startswith="api-token").order_by("id").values())
    assert [line["action"] for line in lines] == ["api-token.made", "api-token.revoked"]
    assert made.secret not in repr(lines)


@pytest.mark.req("SEC-07")
def test_a_revoked_a_foreign_and_a_cut_token_do_not_live(
    business: Business, owner: Person, next_door: Business, outsider: Person
) -> None:
    made = make(business, owner)
    with business_scope(next_door.pk):
        foreign = make(next_door, outsider)
        assert living_token(business=next_door, secret=made.secret) is None
    assert living_token(business=business, secret=foreign.secret) is None
    assert living_token(business=business, secret=made.secret[:-1]) is None
    assert living_token(business=business, secret=made.secret.removeprefix("cl_")) is None
    assert living_token(business=business, secret=made.row.digest) is None
    revoke_token(token=made.row, by=owner.actor, now=NOW)
    assert living_token(business=business, secret=made.secret) is None


def test_use_is_noted_once_an_hour(business: Business, owner: Person) -> None:
    token = make(business, owner).row
    assert use_is_worth_noting(token=token, now=NOW)
    note_use(token=token, now=NOW)
    token.refresh_from_db()
    assert token.last_used_at == NOW
    assert not use_is_worth_noting(token=token, now=NOW + timedelta(minutes=59))
    assert use_is_worth_noting(token=token, now=NOW + timedelta(hours=1))


def test_the_console_makes_lists_and_revokes(business: Business, owner: Person) -> None:
    run = CliRunner().invoke
    assert "No tokens yet" in run(command, [business.slug]).stdout
    secret = run(command, [business.slug, "--label", "Till", "--scope", "write"]).stdout.strip()
    found = living_token(business=business, secret=secret)
    assert found is not None
    assert (found.label, found.scope) == ("Till", TokenScope.WRITE)
    listed = run(command, [business.slug]).stdout
    assert "Till" in listed
    assert secret not in listed
    assert run(command, [business.slug, "--revoke", "cl_xxxxx"]).exit_code == 1
    assert "Till is refused" in run(command, [business.slug, "--revoke", found.hint]).stdout
    assert living_token(business=business, secret=secret) is None
    assert [row.revoked_at is None for row in tokens(business=business)] == [False]


def test_the_console_says_that_a_business_is_not_there() -> None:
    result = CliRunner().invoke(command, ["nobody"])
    assert (result.exit_code, result.output) == (1, "Error: There is no business at /nobody/.\n")
