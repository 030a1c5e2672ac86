"""Reading clients from files as people really have them."""

from __future__ import annotations

import io

import pytest

from clientela.rules.client_match import ClientFacts
from clientela.rules.clients_file import ClientRow, ClientsFileUnusable, Complaint, read_clients

HEADER = "id,first_name,last_name,emails,phones,birthday,locale"


def rows(text: str) -> list[ClientRow]:
    return [
        one for one in read_clients(io.StringIO(text, newline="")) if isinstance(one, ClientRow)
    ]


def complaints(text: str) -> list[Complaint]:
    found = read_clients(io.StringIO(text, newline=""))
    return [one for one in found if isinstance(one, Complaint)]


def test_a_record_is_read_with_several_addresses_and_numbers():
    text = (
        f"{HEADER}\r\n7,Ana,Gil,a@x.example; b@x.example ,612345678;+39 333 1,1985-03-12,es_ES\r\n"
    )
    assert rows(text) == [
        ClientRow(
            2,
            "7",
            ClientFacts(
                "Ana",
                "Gil",
                ("a@x.example", "b@x.example"),
                ("612345678", "+39 333 1"),
                "1985-03-12",
                "es_ES",
            ),
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEADER}\n7,Ana,Gil,,,,\n",
        f"{HEADER}\r\n7,Ana,Gil,,,,\r\n\r\n",
        '"id","first_name","last_name","emails","phones","birthday","locale"\n"7","Ana","Gil"\n',
        " ID ; First Name;LAST_NAME;emails;phones;birthday;locale\n 7 ; Ana;Gil ;;;;\n",
        "id\tfirst_name\tlast_name\temails\tphones\tbirthday\tlocale\n7\tAna\tGil\t\t\t\t\n",
        "\n\nlast_name,first_name,id,locale,birthday,phones,emails\nGil,Ana,7,,,,\n",
        f"{HEADER}\n7,Ana,Gil,,,,\0\n,,,,,,\n",
        "sep=;\r\nid;first_name;last_name\r\n7;Ana;Gil\r\n",
    ],
)
def test_marks_quotes_spaces_and_the_order_of_columns_do_not_matter(text):
    (row,) = rows(text)
    assert (row.id, row.facts.first_name, row.facts.last_name) == ("7", "Ana", "Gil")


def test_a_file_without_ids_or_with_ids_alone_is_refused_with_the_columns_it_has():
    for text in ("name,mail\nAna,a@x.example\n", "id\n1\n", "id,id,emails\n1,1,a@x.example\n"):
        with pytest.raises(ClientsFileUnusable) as refused:
            rows(text)
        assert "column" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("\ufeff\n  \n", "The file is empty."),
        ("PK\x03\x04\x14\x06", "save it as CSV"),
        ("x" * 5_000 + "\n1\n", "no column “id”"),
    ],
)
def test_what_is_no_list_is_refused_in_one_short_sentence(text, said):
    with pytest.raises(ClientsFileUnusable, match=said) as refused:
        rows(text)
    assert len(str(refused.value)) < 400


def test_a_value_without_end_is_told_and_what_follows_is_read():
    text = f"{HEADER}\n1,{'A' * 140_000},Gil,,,,\n2,Ana,Gil,,,,\n"
    assert [row.id for row in rows(text)] == ["2"]
    (told,) = complaints(text)
    assert told.left_out
    assert told.text == "a value has more than 131,072 characters: is a quote not closed?"


def test_missing_and_unknown_columns_are_told_and_the_rest_is_read():
    text = "id,first_name,colour\n7,Ana,red\n"
    assert rows(text)[0].facts == ClientFacts("Ana")
    told = " ".join(one.text for one in complaints(text))
    assert "no column “emails”" in told
    assert "column “colour” is not read" in told
    assert not any(one.left_out for one in complaints(text))


def test_a_record_that_cannot_be_read_is_told_with_its_line_and_left_out():
    text = f"{HEADER}\n1,Ana,Gil,,,,\n,Eva,Gil,,,,\n1,Luz,Gil,,,,\n2,Ana,Gil,a,b,c,d,e\n3,Leo,Gil,,,ayer,\n"
    assert [row.id for row in rows(text)] == ["1", "3"]
    told = {one.line: (one.text, one.left_out) for one in complaints(text)}
    assert told[3] == ("no id", True)
    assert "was given before" in told[4][0]
    assert "8 fields, but 7 columns" in told[5][0]
    assert told[6] == ("“ayer” is no birthday that can be read: left blank", False)
