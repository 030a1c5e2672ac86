"""``clientela duplicates --clients``: the contract by which anyone measures the matching on their own data."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clientela.commands.duplicates import command

pytestmark = pytest.mark.nodb

HEADER = "id,first_name,last_name,emails,phones,birthday,locale\n"
CLIENTS = (
    HEADER
    + """\
c1,Francisco,García López,paco@correo.example,612345678,,es
c2,Paco,Garcia,paco@correo.example,+34 612 34 56 78,,es
c3,Ana,Ruiz,casa@correo.example,,1980-02-03,es
c4,Luis,Soler,casa@correo.example,,1979-08-09,es
c5,A.,Gil,,655443322,,
c6,Ana,Gil,,0034655443322,,
c7,Eva,Prim,,,,
"""
)


def run(tmp_path: Path, content: str | bytes, *words: str) -> Result:
    file = tmp_path / "clients.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CliRunner().invoke(command, ["--clients", str(file), "--country", "ES", *words])


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_each_pair_worth_showing_is_a_line_with_ids_probability_and_verdict(tmp_path):
    done = run(tmp_path, CLIENTS)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "id_a,id_b,probability,verdict"
    found = {(row["id_a"], row["id_b"]): row for row in lines(done.stdout)}
    assert {pair: row["verdict"] for pair, row in found.items()} == {
        ("c1", "c2"): "same",
        ("c3", "c4"): "household",
        ("c5", "c6"): "undecided",
    }
    said = [float(row["probability"]) for row in lines(done.stdout)]
    assert said == sorted(said, reverse=True)
    assert "7 clients: 1 same, 1 household, 1 undecided" in done.stderr


def test_the_order_of_the_records_changes_nothing(tmp_path):
    header, *records = CLIENTS.splitlines()
    turned = "\n".join([header, *reversed(records)])
    assert run(tmp_path, turned).stdout == run(tmp_path, CLIENTS).stdout


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "“Francisco” and “Paco” are forms of one name (+"),
        ("es", "«Francisco» y «Paco» son formas de un mismo nombre (+"),
        ("it", "«Francisco» e «Paco» sono forme di uno stesso nome (+"),
    ],
)
def test_the_reasons_are_told_in_words_of_each_language(tmp_path, language, phrase):
    done = run(tmp_path, CLIENTS, "--explain", "--language", language)
    because = {row["id_a"]: row["because"] for row in lines(done.stdout)}
    assert phrase in because["c1"]
    assert "casa@correo.example" in because["c3"]
    assert "(−" in because["c3"]  # noqa: RUF001 -- the sign that is printed


@pytest.mark.parametrize(
    "content",
    [
        ("\ufeff" + CLIENTS).encode(),
        CLIENTS.replace("\n", "\r\n").encode(),
        CLIENTS.encode("cp1252"),
        CLIENTS.encode("utf-16"),
        CLIENTS.replace(",", ";").encode(),
    ],
    ids=["bom", "crlf", "windows", "utf-16", "semicolons"],
)
def test_files_of_any_program_give_the_same_pairs(tmp_path, content):
    assert run(tmp_path, content).stdout == run(tmp_path, CLIENTS).stdout


def test_the_pairs_can_be_written_to_a_file_that_is_whole_or_not_there(tmp_path):
    target = tmp_path / "pairs.csv"
    done = run(tmp_path, CLIENTS, "--out", str(target))
    assert (done.exit_code, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8") == run(tmp_path, CLIENTS).stdout
    assert not list(tmp_path.glob("*.partial"))


def test_a_record_left_out_is_told_with_its_line_and_the_exit_code(tmp_path):
    done = run(tmp_path, CLIENTS + "c1,Ana,Otra,,,,\n")
    assert done.exit_code == 1
    assert "clients.csv:9: the id “c1” was given before" in done.stderr
    assert len(lines(done.stdout)) == 3


def test_a_file_that_cannot_be_used_is_refused_with_the_reason(tmp_path):
    refused = {"": "The file is empty.", "name,mail\nAna,a@x.example\n": "no column “id”"}
    for content, reason in refused.items():
        done = run(tmp_path, content)
        assert done.exit_code == 2
        assert reason in done.stderr
    nowhere = CliRunner().invoke(command, ["--clients", "nowhere.csv", "--country", "ES"])
    assert nowhere.exit_code == 2
    assert "ZZ" in run(tmp_path, CLIENTS, "--country", "ZZ").stderr


def test_the_shops_own_contact_can_be_named(tmp_path):
    text = HEADER + "1,Ana,García,marta@salon.example,,,\n2,Ana,Garcia,marta@salon.example,,,\n"
    assert lines(run(tmp_path, text).stdout)[0]["verdict"] == "same"
    assert not lines(run(tmp_path, text, "--own", "marta@salon.example").stdout)


def test_a_file_with_a_header_alone_has_no_pairs(tmp_path):
    done = run(tmp_path, HEADER)
    assert (done.exit_code, done.stdout) == (0, "id_a,id_b,probability,verdict\n")


def test_a_folder_that_is_not_there_is_told_before_the_work(tmp_path):
    done = run(tmp_path, CLIENTS, "--out", str(tmp_path / "nowhere" / "pairs.csv"))
    assert done.exit_code == 2
    assert "no folder that can be written to" in done.stderr


def test_files_as_people_have_them(tmp_path):
    """Columns by other names, several contacts however parted, short years, a name over two lines, semicolons."""
    content = (
        "\ufeffID;First Name;Last Name;E-mail;Phone;Date of Birth\n"
        '1;ANA;"Gil\nRuiz";ana@x.example / gil@x.example;"612345678 / 699888777 y 655443322";31/12/85\n'
        "2;Gil;Ana;GIL@X.EXAMPLE;0034 699 88 87 77;1985-12-31\n"
    )
    done = run(tmp_path, content)
    assert done.exit_code == 0
    assert [(row["id_a"], row["id_b"], row["verdict"]) for row in lines(done.stdout)] == [
        ("1", "2", "same")
    ]


def test_a_quote_that_is_not_closed_is_told(tmp_path):
    broken = CLIENTS.replace("c3,Ana", 'c3,"Ana')
    done = run(tmp_path, broken)
    assert "is a quote not closed?" in done.stderr
    assert "Traceback" not in done.output
