"""The program that the races of texts start: ``python -m tests.notify.text_probe fill|spend|spent``."""

from __future__ import annotations

import sys

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.db import transaction
from tests import factories
from tests.factories import NOW
from tests.notify.texting import make_gateway

from clientela.notify.models import TextGateway
from clientela.notify.text_budget import TextSpending, spend_texts, spent_in_month
from clientela.platform.tenancy import business_scope, system_scope


def fill() -> None:
    """Found a business whose texts may cost three euros a month."""
    business = factories.make_business()
    with business_scope(business.pk):
        make_gateway(business, cap_minor=300)


def spend(which: int, times: int) -> None:
    """Ask for so many texts to numbers of one's own; print how many may leave."""
    gateway = TextGateway.objects.get()
    passed = 0
    for at in range(times):
        one = TextSpending(gateway=gateway, number=f"+346{which}{at:07d}", segments=1)
        with transaction.atomic():
            passed += spend_texts(spendings=[one], now=NOW) == [""]
    print(passed)


def spent() -> None:
    """Print what the month has cost."""
    print(spent_in_month(business_id=TextGateway.objects.get().business_id, now=NOW))


if __name__ == "__main__":
    act, *numbers = sys.argv[1:]
    with system_scope("a race of texts"):
        {"fill": fill, "spend": spend, "spent": spent}[act](*map(int, numbers))
