"""Books that do not add up are not brought in: each mistake is found, and found where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, strategies as st
from tests.integrations.papers import NOW, full, text

from clientela.integrations.business_file.checking import check
from clientela.integrations.business_file.problems import BadFile
from clientela.integrations.business_file.reading import read_text
from clientela.integrations.business_file.references import ids_in, names_in, with_ids, with_names

Paper = dict[str, Any]
IDS = st.lists(st.uuids(), min_size=1, max_size=4, unique=True)


def problems(change: Callable[[Paper], object]) -> list[str]:
    paper = full()
    change(paper)
    try:
        check(read_text(text(paper)), now=NOW)
    except BadFile as refusal:
        return str(refusal).splitlines()
    return []


def put(value: object, *place: str | int) -> Callable[[Paper], object]:
    """Return the change that puts a value at a place of the paper."""

    def change(paper: Paper) -> None:
        part: Any = paper
        for step in place[:-1]:
            part = part[step]
        part[place[-1]] = value

    return change


SALE = ("sales", 0)
USED = ("sales", 0, "grant", "redemptions")
CHANGES: list[tuple[Callable[[Paper], object], str]] = [
    (put(9999, *SALE, "net_minor"), "/sales/0/price_minor: is not net_minor and tax_minor together"),
    (put(12201, *SALE, "returned_minor"), "/sales/0/returned_minor: is more than the price"),
    (put("2026-09-29", *SALE, "valid_until"), "/sales/0/valid_until: is before applies_on"),
    (put("void", *SALE, "state"), "/sales/0/state: does not fit voided_at"),
    (put("fee", *SALE, "kind"), "/sales/0/kind: does not fit what is sold and its credits"),
    (put(None, "sales", 1, "grant"), "/sales/1/grant: stands where credits are granted, and only there"),
    (put("moon", *SALE, "package"), '/sales/0/package: "moon" is not in this file'),
    (put("moon", *SALE, "client"), '/sales/0/client: "moon" is not in this file'),
    (put(["moon"], *SALE, "grant", "services"), '/sales/0/grant/services/0: "moon" is not in this file'),
    (put(["moon"], "packages", 0, "services"), '/packages/0/services/0: "moon" is not in this file'),
    (put("x:{sales/moon}", *USED, 1, "cause"), '/sales/0/grant/redemptions/1/cause: "sales/moon" is not in this file'),
    (put(11, *USED, 1, "number"), "/sales/0/grant/redemptions/1/number: is beyond the 10 credits"),
    (put("redeemed", "appointments", 1, "redemption"), '/appointments/1/redemption: is "redeemed", but no credit stands for it'),
    (put("none", "appointments", 0, "redemption"), '/appointments/0/redemption: is "none", but a redeemed credit stands for it'),
    (put("moon", "payments", 0, "sale"), '/payments/0/sale: "moon" is not in this file'),
    (put("ana-prueba", "payments", 2, "refund_of"), "/payments/2/refund_of: is no payment of this sale"),
    (put(8001, "payments", 2, "amount_minor"), "/payments/2/amount_minor: is more than was left"),
    (put(None, "payments", 2, "refund_of"), "/payments/2/refund_of: stands on a refund, and only there"),
    (put(1, "invoices", 1, "number"), "/invoices/1/number: is the number of another"),
    (put("invoice", "invoices", 1, "kind"), "/invoices/1/sale: has an invoice already"),
    (put(1, "invoices", 0, "net_minor"), "/invoices/0/gross_minor: is not net_minor and tax_minor together"),
    (put("AAAA", "invoices", 0, "document"), "/invoices/0/digest: is not the digest of the document"),
    (put("A", "invoices", 0, "document"), "/invoices/0/digest: is not the digest of the document"),
    (put("tax", "movements", 1, "into"), "/movements/1/into: is where it came from"),
    (put("pocket", "movements", 1, "into"), "/movements/1/into: is no account"),
    (put("till:{sales/moon}", "movements", 1, "into"), '/movements/1/into: "sales/moon" is not in this file'),
    (put("sale:{sales/ana-prueba}:earned", "movements", 1, "cause"), "/movements/1/cause: moved units before"),
    (put("x" * 121, "movements", 1, "cause"), "/movements/1/cause: is too long"),
    (put(2201, "movements", 1, "amount"), '/movements: leave 5981 EUR in "owed:{sales/ana-prueba}"; sales, payments and credits say 5980'),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), CHANGES, ids=range(len(CHANGES)))
def test_books_that_do_not_add_up_are_refused_at_their_place(
    change: Callable[[Paper], object], sentence: str
) -> None:
    assert sentence in problems(change)


def test_a_credit_is_used_once_and_a_cause_uses_one() -> None:
    def use_again(paper: Paper) -> None:
        used = paper["sales"][0]["grant"]["redemptions"]
        used.append(used[0] | {"turn": 1})

    assert problems(use_again)[:3] == [
        "/sales/0/grant/redemptions/2/number: is used already",
        "/sales/0/grant/redemptions/2/turn: came before for this cause",
        "/sales/0/grant/redemptions/2/cause: has a credit already",
    ]


def test_a_providers_payment_counts_once() -> None:
    def say_twice(paper: Paper) -> None:
        paper["payments"][0] |= {"provider": "simulator", "provider_ref": "pay_1"}

    assert "/payments/1/provider_ref: is the reference of another" in problems(say_twice)


def test_a_deposit_lies_within_the_price() -> None:
    paper = full()
    paper["services"][0]["deposit_minor"] = 8001
    with pytest.raises(BadFile) as refusal:
        read_text(text(paper))
    assert str(refusal.value) == "/services/0: needs a deposit_minor of at most its price"


@given(IDS, st.data())
def test_what_is_named_is_found_again(ids: list[UUID], data: st.DataObject) -> None:
    known = data.draw(st.lists(st.sampled_from(ids), unique=True))
    names = {pk: f"sales/s{number}" for number, pk in enumerate(known)}
    said = ":redeem:".join(map(str, ids))
    told = with_names(said, names=names)
    assert ids_in(said) == ids
    assert sorted(names_in(told)) == sorted(names.values())
    assert with_ids(told, ids={name: pk for pk, name in names.items()}) == said
