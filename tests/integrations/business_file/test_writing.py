"""A document has one text."""

from __future__ import annotations

from tests.integrations.papers import example, full, text

from clientela.integrations.business_file.copying import copied
from clientela.integrations.business_file.reading import read_text
from clientela.integrations.business_file.writing import canonical_text


def test_the_text_of_a_document_reads_as_the_same_document() -> None:
    for paper in (example(), full()):
        document = read_text(text(paper))
        assert read_text(canonical_text(document)) == document


def test_however_a_file_was_written_its_canonical_text_is_one() -> None:
    tidy = read_text(text(example()))
    untidy = example()
    untidy["business"] = dict(reversed(untidy["business"].items())) | {"hue": 190, "tagline": ""}
    untidy["clients"][0]["note"] = ""
    assert canonical_text(read_text(text(dict(reversed(untidy.items()))))) == canonical_text(tidy)


def test_each_row_stands_on_its_own_line_with_its_letters() -> None:
    lines = canonical_text(read_text(text(example()))).splitlines()
    assert lines[0] == "{"
    assert lines[-1] == "}"
    assert [line for line in lines if '"Ana Prueba García"' in line] == [
        (
            '    {"key": "ana", "name": "Ana Prueba García", "contacts": '
            '[{"email": "ana.prueba@example.com"}, {"phone": "600 000 012"}]},'
        )
    ]


def test_a_copy_has_no_ids_of_its_own_and_another_address() -> None:
    copy = copied(read_text(text(full())), slug="another")
    assert copy.business.slug == "another"
    assert "01a20000" not in canonical_text(copy)
    assert copy.clients[0].name == "Ana Prueba"
