"""The paper of an invoice: all of its facts in three languages, and the same bytes for the same facts."""

from __future__ import annotations

import copy
import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.checkout.pdf_text import pages_of

from clientela.checkout.invoice_document import InvoiceFacts, render_invoice
from clientela.checkout.invoice_document.typeface import plain, unpacked, wrapped
from clientela.checkout.invoice_document.words import WORDS, words_of

FONTS = Path("src/clientela/checkout/invoice_document/fonts")


def facts(**changed: Any) -> InvoiceFacts:
    """An invoice of one package, partly paid."""
    given: InvoiceFacts = {
        "kind": "invoice",
        "simplified": False,
        "language": "es",
        "number": "F2026-14",
        "issued_on": "2026-11-23",
        "supplied_on": "2026-11-20",
        "currency": "EUR",
        "seller": {"name": "Fisio Retiro S.L.", "tax_id": "B12", "address": "Alcalá 1\nMadrid"},
        "buyer": {"name": "Ana Prueba", "tax_id": "X1", "address": "Mayor 2"},
        "lines": [
            {"text": "Bono 10", "detail": "10 sesiones", "quantity": 1, "gross_minor": 45000}
        ],
        "taxes": [
            {"basis_points": 2100, "net_minor": 37190, "tax_minor": 7810, "gross_minor": 45000}
        ],
        "net_minor": 37190,
        "tax_minor": 7810,
        "gross_minor": 45000,
        "payments": [{"on": "2026-11-20", "method": "terminal", "amount_minor": 20000}],
        "note": "Gracias",
        "corrects": None,
        "because": "",
        "hue": 190,
        "vivid": "soft",
    }
    return {**given, **changed}  # type: ignore[typeddict-item]  # a test names the facts it changes


def text_of(**changed: Any) -> str:
    return "\n".join(pages_of(render_invoice(facts(**changed))))


def test_everything_that_is_true_of_a_sale_is_on_the_paper() -> None:
    text = text_of().replace("\xa0", " ")
    for words in (
        "Factura",
        "F2026-14",
        "23 de noviembre de 2026",
        "Fisio Retiro S.L.",
        "NIF B12",
        "Alcalá 1",
        "Ana Prueba",
        "20 de noviembre de 2026",
        "Bono 10",
        "10 sesiones",
        "450,00 €",
        "21 %",
        "371,90 €",
        "78,10 €",
        "20 de noviembre de 2026 · Datáfono",
        "200,00 €",
        "Pendiente de pago",
        "250,00 €",
        "Gracias",
        "Página 1 de 1",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("language", "kind", "day"),
    [
        ("en", "Invoice", "23 November 2026"),
        ("it", "Fattura", "23 novembre 2026"),
        ("es-MX", "Factura", "23 de noviembre de 2026"),
        ("de", "Invoice", "23 November 2026"),
    ],
)
def test_the_paper_speaks_the_business_s_language_or_else_english(
    language: str, kind: str, day: str
) -> None:
    text = text_of(language=language)
    assert text.startswith(kind)
    assert day in text


def test_every_language_has_every_word() -> None:
    assert len({frozenset(words) for words in WORDS.values()}) == 1
    assert words_of("it-CH") is WORDS["it"]


def test_a_simplified_invoice_names_no_buyer() -> None:
    text = text_of(simplified=True, buyer=None)
    assert text.startswith("Factura simplificada")
    assert "Destinatario" not in text


def test_a_credit_note_says_what_it_corrects_and_why_and_asks_for_nothing() -> None:
    text = text_of(
        kind="credit_note",
        number="F2026-15",
        corrects={"number": "F2026-14", "issued_on": "2026-11-23"},
        because="Venta anulada",
        payments=[{"on": "2026-11-24", "method": "cash", "amount_minor": 20000}],
    )
    assert text.startswith("Factura rectificativa")
    assert "Rectifica la factura F2026-14 del 23 de noviembre" in text.replace("\n", " ")
    assert "Motivo: Venta anulada" in text
    assert "Dinero devuelto" in text
    assert "Pendiente de pago" not in text


def test_several_rates_of_tax_are_listed_and_summed() -> None:
    rates = [
        {"basis_points": 2100, "net_minor": 100, "tax_minor": 21, "gross_minor": 121},
        {"basis_points": 525, "net_minor": 200, "tax_minor": 11, "gross_minor": 211},
    ]
    text = text_of(taxes=rates, net_minor=300, tax_minor=32, gross_minor=332, payments=[])
    assert "5,25 %" in text.replace("\xa0", " ")
    assert "3,32" in text
    assert "0,32" in text


def test_a_paid_invoice_asks_for_nothing() -> None:
    paid = [{"on": "2026-11-20", "method": "cash", "amount_minor": 45000}]
    assert "Pendiente de pago" not in text_of(payments=paid)


def test_amounts_have_the_digits_of_their_currency() -> None:
    assert "45.000" in text_of(currency="JPY")


def test_a_long_invoice_goes_on_over_the_page_with_its_head_repeated() -> None:
    pages = pages_of(render_invoice(facts(lines=facts()["lines"] * 40, note="Nota " * 300)))
    assert len(pages) >= 4
    assert all("Concepto" in page for page in pages[:3])
    assert sum(page.count("Bono 10") for page in pages) == 40
    assert all(f"Página {n} de {len(pages)}" in page for n, page in enumerate(pages, start=1))


@pytest.mark.parametrize(
    "name", ["Łukasz Řehoř", "Ελένη Παπαδοπούλου", "Фёдор Достоевский", "Nguye\u0302\u0303n"]
)
def test_a_name_is_printed_as_it_is_written(name: str) -> None:
    text = text_of(buyer={"name": name, "tax_id": "", "address": ""})
    pieces = text.replace("\n", "")
    assert plain(name).replace(" ", "") in pieces.replace(" ", "") or "Nguye" in name


@pytest.mark.parametrize(
    "name",
    ["李雷", "אבג", "😀 emoji", "a\u0000b\u202ec", "x" * 160, "(\\) & <b>", "", " ", "W" * 400],
)
def test_no_text_breaks_the_paper(name: str) -> None:
    drawn = render_invoice(
        facts(
            buyer={"name": name, "tax_id": name[:40], "address": name},
            lines=[{"text": name, "detail": name, "quantity": 1, "gross_minor": 1}],
            note=name,
            because=name,
            number="F" * 12 + "2026-1000000",
        )
    )
    assert drawn.startswith(b"%PDF-1.")
    assert drawn.rstrip().endswith(b"%%EOF")


def test_the_same_facts_are_the_same_bytes_also_in_another_process() -> None:
    given = facts(note="Łukasz Ελένη Фёдор")
    before = copy.deepcopy(given)
    here = render_invoice(given)
    assert given == before
    render_invoice(facts(language="it"))  # whatever was drawn in between
    assert render_invoice(given) == here
    program = (
        "import ast, hashlib, sys;"
        "from clientela.checkout.invoice_document import render_invoice;"
        "print(hashlib.sha256(render_invoice(ast.literal_eval(sys.stdin.read()))).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        input=repr(given),
        text=True,
        capture_output=True,
        check=True,
        env={"PYTHONPATH": "src", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LANG": "it_IT"},
    )
    assert told.stdout.strip() == hashlib.sha256(here).hexdigest()
    assert render_invoice(facts(number="F2026-15")) != here


def test_the_file_says_whose_it_is_in_which_language_and_holds_no_clock() -> None:
    document = render_invoice(facts())
    assert b"/Title (Factura F2026-14)" in document
    assert b"/Author (Fisio Retiro S.L.)" in document
    assert b"/Lang (es-ES)" in document
    assert b"/DisplayDocTitle true" in document
    assert b"/CreationDate (D:20261123000000+00'00')" in document


def test_nothing_is_loaded_before_the_first_invoice() -> None:
    program = "import sys, clientela.checkout.invoice_document; print('reportlab' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "src"},
    )
    assert told.stdout.strip() == "False"


def test_a_word_that_is_too_long_is_broken_and_no_letter_is_lost() -> None:
    lines = wrapped("W" * 100 + " end", size=10, room=80)
    assert "".join(lines).replace(" ", "") == "W" * 100 + "end"
    assert wrapped("", size=10, room=80) == [""]


def test_the_published_fonts_are_unpacked_into_whole_tables() -> None:
    font = unpacked((FONTS / "figtree-latin-400-normal.woff").read_bytes())
    assert font[:4] == b"\x00\x01\x00\x00"
    assert b"glyf" in font[:300]
