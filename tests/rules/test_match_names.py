"""Which words of a name are the given name, however it was typed; and which given names go together."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from clientela.rules.match_given import compare_given
from clientela.rules.match_names import read_name
from clientela.rules.match_surnames import compare_surnames
from clientela.rules.name_tables import (
    LANGUAGES,
    formal_of,
    given_rate,
    nicknames,
    plain,
    surname_rate,
)


@pytest.mark.parametrize(
    ("first", "last", "given", "surnames"),
    [
        ("José Luis", "García López", "jose luis", "garcia lopez"),
        ("García Márquez Gabriel", "", "gabriel", "garcia marquez"),
        ("GARCIA MARQUEZ, GABRIEL", "", "gabriel", "garcia marquez"),
        ("", "García Márquez, Gabriel", "gabriel", "garcia marquez"),
        ("López", "Ana", "ana", "lopez"),
        ("María del Carmen de la Fuente", "", "maria carmen", "fuente"),
        ("Mª José Ruiz", "", "maria jose", "ruiz"),
        ("M.ª Dolores", "Ruiz", "maria dolores", "ruiz"),
        ("Fco. Javier", "Glez. Fdez.", "francisco javier", "gonzalez fernandez"),
        ("Dra. Ana", "Gil", "ana", "gil"),
        ("Ana Martín López", "", "ana", "martin lopez"),
        ("Martín García", "", "martin", "garcia"),
        ("Marco De Luca", "", "marco", "luca"),
        ("D'Angelo Maria", "", "maria", "dangelo"),
        ("Fran", "Ortega y Gasset", "fran", "ortega gasset"),
        ("Juan", "José García", "juan jose", "garcia"),
        ("Maria José da Silva Santos", "", "maria jose", "silva santos"),
        ("Ana G. 🌸", "", "ana", "g"),
        ("Ana (peluquería) 2", "Gil", "ana", "gil"),
        ("JosÃ©", "PÃ©rez", "jose", "perez"),
        ("Юлия Иванова", "", "yuliya", "ivanova"),
        ("Γιώργος", "Παπάς", "giorgos", "papas"),
        ("Rosa", "", "rosa", ""),
        ("", "", "", ""),
        ("✨", "", "", ""),
    ],
)
def test_a_name_is_read_however_it_was_typed(first, last, given, surnames):
    name = read_name(first=first, last=last)
    assert (" ".join(name.given), " ".join(name.surnames)) == (given, surnames)
    assert not name.several


@pytest.mark.parametrize(
    "typed",
    ["Ana y Luis", "Ana & Luis Gil", "Marco e Chiara", "Familia Gil", "Madre de Ana", "Ana / Eva"],
)
def test_a_name_of_two_people_is_known_as_such(typed):
    assert read_name(first=typed, last="").several


def test_surnames_with_an_and_are_one_persons():
    assert not read_name(first="José", last="Ortega y Gasset").several


def agree(one: str, other: str) -> bool:
    found = compare_given(tuple(plain(one).split()), tuple(plain(other).split()))
    return found is not None and found.agree and found.sure


TOGETHER = (
    "Paco = Francisco; Fran = Francisco; Pepe = José; Chus = María Jesús; Concha = Concepción; Nacho = Ignacio; "
    "Lola = Dolores; Maite = María Teresa; Juanjo = Juan José; Chema = José María; Beppe = Giuseppe; Gigi = Luigi; "
    "Enzo = Vincenzo; Mimmo = Domenico; Nando = Fernando; Zé = José; Chico = Francisco; Tó = António; Xico = Francisco; "
    "Bill = William; Peggy = Margaret; Bob = Robert; Liz = Elizabeth; Francesc = Francisco; Xabier = Javier; Josep = José; "
    "Mari Carmen = María Carmen; Maricarmen = María Carmen; Esther = Ester; Gonzlao = Gonzalo; Alej = Alejandro; JM = José María"
)
APART = (
    "Mario / María; Julio / Julia; Daniel / Daniela; Marta / María; Laura / Lorena; José María / María José; José Luis / José Antonio; "
    "María Carmen / María José; Luis / Luisa; Ana / Eva; Marta / Martín; Juan / Iván; Paola / Paolo; Sandra / Alejandra; Mariana / María; "
    "José / Antonio; Emma / Emily"
)


@pytest.mark.parametrize(("one", "other"), [pair.split(" = ") for pair in TOGETHER.split("; ")])
def test_familiar_forms_and_slips_agree(one, other):
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(("one", "other"), [pair.split(" / ") for pair in APART.split("; ")])
def test_names_of_two_people_do_not_agree(one, other):
    assert not agree(one, other)
    assert not agree(other, one)


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ("garcia marquez", "garciamarquez", True),
        ("marquez garcia", "garcia marquez", True),
        ("garcia", "garcia lopez", True),
        ("valle", "dellavalle", True),
        ("g", "garcia lopez", True),
        ("jimenez", "gimenez", True),
        ("garcia lopez", "garcia ruiz", False),
        ("garcia", "lopez", False),
    ],
)
def test_surnames_are_compared_as_sets(one, other, do):
    found = compare_surnames(tuple(one.split()), tuple(other.split()))
    assert found is not None
    assert found.agree is do


def test_the_tables_are_ample_and_sane():
    by_language = {language: set() for language in LANGUAGES}
    with files("clientela.rules").joinpath("nicknames.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            by_language[row["language"]].add(row["familiar"])
            assert plain(row["familiar"])
            assert plain(row["formal"])
            assert 0 < float(row["confidence"]) <= 1
    assert all(len(found) >= 300 for found in by_language.values())
    assert given_rate("maria") > given_rate("ximena") > 0
    assert surname_rate("garcia") > surname_rate("goikoetxea") > 0
    assert formal_of("paco") == "francisco"
    assert {"jesus", "maria jesus"} <= set(nicknames()["chus"])
