"""Put the facts of an invoice on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any, Final, cast

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from clientela.checkout.invoice_document import colour
from clientela.checkout.invoice_document.facts import InvoiceFacts, InvoiceLine, Party
from clientela.checkout.invoice_document.paper import HEAVY, LEFT, RIGHT, TOP, Paper
from clientela.checkout.invoice_document.typeface import wrapped
from clientela.checkout.invoice_document.words import words_of
from clientela.rules.money import Money

_WHITE: Final = (1.0, 1.0, 1.0)
_STUB: Final = 176.0
_PAD: Final = 18.0
_TEXT_ROOM: Final = 330.0
_TAX_COLUMNS: Final = (LEFT + 250, LEFT + 355, RIGHT)
_ONE_AT_A_TIME: Final = (
    Lock()
)  # the PDF library numbers letters per font, which two threads would mix


def render_invoice(facts: Mapping[str, Any]) -> bytes:
    """Return the PDF of an invoice or credit note: A4, as many sheets as it takes.

    ``facts`` are ``InvoiceFacts``. The same facts give the same bytes, in any process at any time: the file
    holds no clock and no chance, and its words come from here. Letters that our fonts do not have (beyond
    Latin, Greek and Cyrillic) are drawn as boxes.
    """
    with _ONE_AT_A_TIME:
        return _Document(cast("InvoiceFacts", facts)).drawn()


class _Document:
    """One invoice being drawn."""

    def __init__(self, facts: InvoiceFacts) -> None:
        self.facts = facts
        self.words = words_of(facts["language"])
        self.locale = Locale.parse(self.words["locale"])
        self.is_back = facts["kind"] == "credit_note"
        hue, vivid = facts["hue"], facts["vivid"]
        self.solid, self.tint = colour.solid(hue, vivid), colour.tint(hue, vivid)
        self.ink, self.quiet = colour.ink(hue), colour.quiet_ink(hue)
        self.hairline = colour.hairline(hue)
        self.paper = Paper(
            title=f"{self.kind} {facts['number']}",
            author=facts["seller"]["name"],
            language=self.words["locale"].replace("_", "-"),
            day=facts["issued_on"],
        )

    def drawn(self) -> bytes:
        """Draw everything from the top down."""
        self.slip()
        self.meta()
        self.lines()
        self.totals()
        self.taxes()
        self.payments()
        self.notes()
        return self.paper.finish(foot=self.foot, colour=self.quiet)

    @property
    def kind(self) -> str:
        """What the paper is called."""
        if self.is_back:
            return self.words["credit_note"]
        return self.words["simplified" if self.facts["simplified"] else "invoice"]

    def money(self, minor: int) -> str:
        """An amount with all digits of its currency."""
        money = Money(minor, self.facts["currency"])
        return str(format_currency(money.major, money.currency, locale=self.locale))

    def day(self, iso: str) -> str:
        """A day in words."""
        return str(format_date(date.fromisoformat(iso), "long", locale=self.locale))

    def foot(self, page: int, pages: int) -> str:
        """Whose paper it is, and which sheet."""
        where = self.words["page"].format(page=page, pages=pages)
        return f"{self.facts['seller']['name'][:60]} · {self.facts['number']} · {where}"

    def slip(self) -> None:
        """The slip: what it is and its number on the stub, who sells beside the perforation."""
        seller, paper = self.facts["seller"], self.paper
        room = RIGHT - LEFT - _STUB - 2 * _PAD
        heads = wrapped(seller["name"], size=15, room=room, weight=HEAVY)
        small = self._address(seller, room=room)
        number = self._number_size()
        high = max(104.0, 2 * _PAD + 21 * len(heads) + 13 * len(small) + 4)
        paper.card(x=LEFT, y=TOP, across=RIGHT - LEFT, high=high, colour=self.tint)
        paper.stub(x=LEFT, y=TOP, across=_STUB, high=high, colour=self.solid)
        paper.perforation(x=LEFT + _STUB, y=TOP, high=high, hole=_WHITE)
        top = TOP - _PAD
        paper.line(self.kind, x=LEFT + _PAD, size=10, colour=_WHITE, y=top)
        paper.line(
            self.facts["number"],
            x=LEFT + _PAD,
            size=number,
            weight=HEAVY,
            colour=_WHITE,
            y=top - 20,
        )
        paper.line(
            self.day(self.facts["issued_on"]), x=LEFT + _PAD, size=9.5, colour=_WHITE, y=top - 56
        )
        x, y = LEFT + _STUB + _PAD, top
        for head in heads:
            paper.line(head, x=x, size=15, weight=HEAVY, colour=self.ink, y=y)
            y -= 21
        for text in small:
            paper.line(text, x=x, size=9, colour=self.quiet, y=y - 4)
            y -= 13
        paper.y = TOP - high - 26

    def meta(self) -> None:
        """For whom, of which day, and what a credit note corrects."""
        facts, words = self.facts, self.words
        start = self.paper.y
        if facts["buyer"]:
            self._label(words["buyer"])
            self.paper.block(
                facts["buyer"]["name"], size=11, weight=HEAVY, colour=self.ink, room=250
            )
            for text in self._address(facts["buyer"], room=250):
                self.paper.block(text, size=9, colour=self.quiet, room=250)
        below, x = self.paper.y, LEFT + 290
        self.paper.y = start
        self._label(words["supplied"], x=x)
        self.paper.block(self.day(facts["supplied_on"]), x=x, colour=self.ink, room=RIGHT - x)
        if facts["corrects"]:
            told = words["corrects"].format(
                number=facts["corrects"]["number"], day=self.day(facts["corrects"]["issued_on"])
            )
            self.paper.down(6)
            self.paper.block(told, x=x, size=9, colour=self.quiet, room=RIGHT - x)
        if facts["because"]:
            reason = f"{words['because']}: {facts['because']}"
            self.paper.block(reason, x=x, size=9, colour=self.quiet, room=RIGHT - x)
        self.paper.y = min(below, self.paper.y) - 20

    def lines(self) -> None:
        """What was sold; the head is repeated on each sheet."""
        self._line_head()
        for one in self.facts["lines"]:
            if not self.paper.fits(self._height_of(one)):
                self.paper.turn()
                self._line_head()
            self._line(one)

    def totals(self) -> None:
        """The sum, large; it stays together with its words."""
        if not self.paper.fits(54):
            self.paper.turn()
        self.paper.down(10)
        word = self.words["total_back" if self.is_back else "total"]
        self.paper.line(word, size=11, weight=HEAVY, colour=self.ink, y=self.paper.y - 7)
        amount = self.money(self.facts["gross_minor"])
        self.paper.line(amount, x=RIGHT, size=20, weight=HEAVY, colour=self.solid, align="right")
        self.paper.down(44)

    def taxes(self) -> None:
        """How much tax is in it, by rate."""
        heads = (self.words["net"], self.words["tax"], self.words["gross"])
        if not self.paper.fits(20 + 16 * (len(self.facts["taxes"]) + 1)):
            self.paper.turn()
        self._label(self.words["rate"], down=False)
        for head, x in zip(heads, _TAX_COLUMNS, strict=True):
            self._label(head, x=x, align="right", down=False)
        self.paper.down(14)
        for one in self.facts["taxes"]:
            amounts = (one["net_minor"], one["tax_minor"], one["gross_minor"])
            self._tax_row(self._rate(one["basis_points"]), amounts)
        if len(self.facts["taxes"]) > 1:
            whole = (self.facts["net_minor"], self.facts["tax_minor"], self.facts["gross_minor"])
            self._tax_row(self.words["total"], whole, weight=HEAVY)
        self.paper.down(18)

    def payments(self) -> None:
        """What was paid of it, and what is still to pay; on a credit note, what went back."""
        paid = self.facts["payments"]
        if paid:
            if not self.paper.fits(20 + 15 * len(paid)):
                self.paper.turn()
            self._label(self.words["paid_back" if self.is_back else "paid"])
            for one in paid:
                text = f"{self.day(one['on'])} · {self.words.get(one['method'], one['method'])}"
                self.paper.line(text, colour=self.ink)
                amount = self.money(one["amount_minor"])
                self.paper.line(amount, x=RIGHT, colour=self.ink, align="right")
                self.paper.down(15)
        due = self.facts["gross_minor"] - sum(one["amount_minor"] for one in paid)
        if due > 0 and not self.is_back:
            self.paper.line(self.words["due"], weight=HEAVY, colour=self.ink)
            self.paper.line(self.money(due), x=RIGHT, weight=HEAVY, colour=self.ink, align="right")
            self.paper.down(15)
        self.paper.down(14)

    def notes(self) -> None:
        """What the business always adds."""
        if self.facts["note"]:
            self.paper.block(self.facts["note"], size=8.5, colour=self.quiet)

    def _number_size(self) -> float:
        """The largest size in which the number stays on the stub."""
        room = _STUB - 2 * _PAD
        sizes = (26.0, 22.0, 18.0, 15.0, 12.0)
        fitting = (
            one
            for one in sizes
            if len(wrapped(self.facts["number"], size=one, room=room, weight=HEAVY)) == 1
        )
        return next(fitting, 9.0)

    def _address(self, party: Party, *, room: float) -> list[str]:
        known = [f"{self.words['tax_id']} {party['tax_id']}"] if party["tax_id"] else []
        known += [party["address"]] if party["address"] else []
        return [line for text in known for line in wrapped(text, size=9, room=room)]

    def _label(self, text: str, *, x: float = LEFT, align: Any = "left", down: bool = True) -> None:  # noqa: ANN401 -- left or right
        self.paper.line(text, x=x, size=8, weight=HEAVY, colour=self.quiet, align=align)
        if down:
            self.paper.down(13)

    def _line_head(self) -> None:
        self._label(self.words["what"], down=False)
        self._label(self.words["quantity"], x=RIGHT - 100, align="right", down=False)
        self._label(self.words["amount"], x=RIGHT, align="right")
        self.paper.rule(colour=self.hairline)
        self.paper.down(8)

    def _height_of(self, one: InvoiceLine) -> float:
        texts = wrapped(one["text"], size=10.5, room=_TEXT_ROOM)
        details = wrapped(one["detail"], size=9, room=_TEXT_ROOM) if one["detail"] else []
        return 15 * len(texts) + 13 * len(details) + 16

    def _line(self, one: InvoiceLine) -> None:
        paper = self.paper
        paper.line(str(one["quantity"]), x=RIGHT - 100, size=10.5, colour=self.ink, align="right")
        amount = self.money(one["gross_minor"])
        paper.line(amount, x=RIGHT, size=10.5, colour=self.ink, align="right")
        paper.block(one["text"], size=10.5, colour=self.ink, room=_TEXT_ROOM)
        if one["detail"]:
            paper.block(one["detail"], size=9, colour=self.quiet, room=_TEXT_ROOM)
        paper.down(6)
        paper.rule(colour=self.hairline)
        paper.down(8)

    def _tax_row(self, head: str, amounts: tuple[int, ...], *, weight: int = 400) -> None:
        self.paper.line(head, weight=weight, colour=self.ink)
        for minor, x in zip(amounts, _TAX_COLUMNS, strict=True):
            text = self.money(minor)
            self.paper.line(text, x=x, weight=weight, colour=self.ink, align="right")
        self.paper.down(15)

    def _rate(self, basis_points: int) -> str:
        share = format_decimal(Decimal(basis_points) / 100, "0.##", locale=self.locale)
        return self.words["per_cent"].format(share)
