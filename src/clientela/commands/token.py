"""``clientela token``: the keys by which programs reach a business through the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clientela.business.models import Business


@click.command("token")
@click.argument("slug")
@click.option("--label", help="Make a token with this name, such as the program that will use it.")
@click.option(
    "--scope",
    type=click.Choice(["read", "write"]),
    default="read",
    show_default=True,
    help="What the new token may do; one that writes also reads.",
)
@click.option("--revoke", metavar="HINT", help="End the token that begins with these characters.")
def command(slug: str, label: str | None, scope: str, revoke: str | None) -> None:
    """List the API tokens of the business at /SLUG/, make one, or end one.

    A new token is printed once and cannot be shown again.
    """
    import django

    django.setup()
    from clientela.business.models import Business
    from clientela.platform.tenancy import business_scope

    business = Business.objects.filter(slug=slug).first()
    if business is None:
        raise click.ClickException(f"There is no business at /{slug}/.")
    with business_scope(business.pk):
        if revoke:
            _revoke(business, revoke)
        elif label and label.strip():
            _make(business, label, scope)
        else:
            _list(business)


def _make(business: Business, label: str, scope: str) -> None:
    from clientela.api.actions.make_token import make_token
    from clientela.api.models import TokenScope
    from clientela.platform import clock
    from clientela.platform.actor import Actor

    made = make_token(
        business=business,
        label=label,
        scope=TokenScope(scope),
        by=Actor.system("console"),
        now=clock.now(),
    )
    click.echo(made.secret)
    click.echo("Keep it now: it is not shown again.", err=True)


def _revoke(business: Business, hint: str) -> None:
    from clientela.api.actions.revoke_token import revoke_token
    from clientela.api.queries.tokens import tokens
    from clientela.platform import clock
    from clientela.platform.actor import Actor

    found = [row for row in tokens(business=business) if row.hint == hint and not row.revoked_at]
    if len(found) != 1:
        raise click.ClickException(f"There is no living token that begins with {hint}.")
    revoke_token(token=found[0], by=Actor.system("console"), now=clock.now())
    click.echo(f"{found[0].label} is refused from now on.")


def _list(business: Business) -> None:
    from clientela.api.queries.tokens import tokens

    rows = tokens(business=business)
    for row in rows:
        used = f"last used {row.last_used_at:%Y-%m-%d}" if row.last_used_at else "never used"
        state = "revoked" if row.revoked_at else used
        click.echo(f"{row.hint}  {row.scope:<5}  {state:<20}  {row.label}")
    if not rows:
        click.echo("No tokens yet. --label NAME makes one.")
