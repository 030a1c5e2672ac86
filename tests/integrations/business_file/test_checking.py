"""What must hold in a file as a whole: every problem is found, and found where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.integrations.papers import NOW, example, full, text

from clientela.integrations.business_file.checking import check
from clientela.integrations.business_file.problems import BadFile
from clientela.integrations.business_file.reading import read_text

Paper = dict[str, Any]


def problems(change: Callable[[Paper], object], paper: Paper | None = None) -> list[str]:
    changed = paper or example()
    change(changed)
    document = read_text(text(changed))
    try:
        check(document, now=NOW)
    except BadFile as refusal:
        return str(refusal).splitlines()
    return []


def test_both_papers_make_sense() -> None:
    assert problems(lambda _: None) == []
    assert problems(lambda _: None, full()) == []


def test_references_to_nothing_are_named_each_at_its_place() -> None:
    def change(paper: Paper) -> None:
        paper["resources"][0]["location"] = "moon"
        paper["services"][0]["professionals"] = ["nora", "sala"]
        paper["services"][0]["needs"][0]["any_of"] = ["nora"]
        paper["staff"][0]["professional"] = "zoe"
        paper["hours"][0]["resource"] = "luis"
        paper["exceptions"][0]["location"] = "moon"
        paper["sessions"][0]["service"] = "dance"
        paper["appointments"][0]["client"] = "eva"
        paper["appointments"][1]["resources"] = ["nora"]
        paper["appointments"][2]["session"] = "none"

    assert problems(change) == [
        '/resources/0/location: "moon" is not in this file',
        '/staff/0/professional: "zoe" is not in this file',
        '/services/0/professionals/1: "sala" is not in this file',
        '/services/0/needs/0/any_of/0: "nora" is not in this file',
        '/hours/0/resource: no professional or resource has the key "luis"',
        '/exceptions/0/location: "moon" is not in this file',
        '/sessions/0/service: "dance" is not in this file',
        '/appointments/1/resources/0: "nora" is not in this file',
        '/appointments/0/client: "eva" is not in this file',
        '/appointments/2/session: "none" is not in this file',
    ]


def test_a_card_names_a_professional_of_the_file_and_a_card_that_stands() -> None:
    def change(paper: Paper) -> None:
        ana, luz, eva = (
            paper["clients"][0],
            {"key": "luz", "name": "Luz"},
            {"key": "e", "name": "E"},
        )
        paper["clients"] += [luz, eva]
        ana["bound_to"] = "sala"
        luz["merged_into"] = eva["key"]
        eva["merged_into"] = "nobody"

    last = len(example()["clients"])
    assert problems(change) == [
        '/clients/0/bound_to: "sala" is not in this file',
        f"/clients/{last}/merged_into: was itself taken up by another",
        f'/clients/{last + 1}/merged_into: "nobody" is not in this file',
    ]


def test_keys_and_ids_stand_once() -> None:
    def change(paper: Paper) -> None:
        paper["clients"][1]["key"] = "ana"
        paper["resources"][0]["key"] = "nora"
        paper["services"][0]["needs"] = []
        for entry in paper["appointments"]:
            entry.pop("resources", None)
        paper["clients"][0]["id"] = paper["services"][0]["id"] = (
            "01a20000-0000-7000-8000-000000000001"
        )
        paper["appointments"][2]["client"] = "ana"

    assert problems(change) == [
        '/clients/1/key: "ana" is the key of /clients/0 too',
        '/resources/0/key: "nora" is the key of /professionals/0 too',
        "/clients/0/id: is the id of /services/0 too",
    ]


def test_several_locations_must_be_told_apart() -> None:
    def change(paper: Paper) -> None:
        paper["locations"].append({"key": "norte", "name": "Norte", "zone": "Europe/Madrid"})
        paper["closures"] = paper["exceptions"] = []

    found = problems(change)
    assert found[0] == "/hours/0/location: is missing; this business has several locations"
    assert {line.split(":")[0] for line in found} == {
        "/hours/0/location", "/sessions/0/location", "/appointments/0/location",
        "/appointments/1/location", "/appointments/2/location",
    }  # fmt: skip


def test_timetables_have_no_overlaps_and_run_forward() -> None:
    def change(paper: Paper) -> None:
        paper["hours"][0] |= {"valid_from": "2026-02-01", "valid_until": "2026-02-01"}
        paper["hours"][0]["week"]["mon"] = ["15:00-20:00", "09:00-15:05"]
        paper["exceptions"][0]["open"] = ["10:00-12:00", "10:00-10:05"]
        paper["closures"][0]["until_on"] = "2026-12-24"
        paper["time_off"] = [
            {"resource": "nora", "starts": "2026-12-10T10:00", "ends": "2026-12-10T10:00"},
            {"resource": "nora", "starts": "2026-03-29T02:30", "ends": "2026-03-29T05:00"},
        ]

    assert problems(change) == [
        "/hours/0/valid_until: must be after valid_from",
        "/hours/0/week/mon/0: 15:00-20:00 overlaps another stretch",
        "/exceptions/0/open/0: 10:00-12:00 overlaps another stretch",
        "/closures/0/until_on: must be after from_on",
        "/time_off/0/ends: must be after it starts",
        "/time_off/1/starts: 2026-03-29T02:30 does not exist in Europe/Madrid: the clocks skip it",
    ]


def test_contacts_reach_someone_and_stand_once_on_a_card() -> None:
    def change(paper: Paper) -> None:
        paper["clients"][0]["contacts"] = [
            {"email": "ana@example.com"},
            {"email": "ANA@example.com"},
            {"email": "ana@nowhere"},
            {"phone": "12"},
            {"phone": "600 000 012"},
            {"phone": "+34600000012"},
        ]
        paper["clients"][1] |= {"contacts": [{"phone": "600 000 012"}]}
        paper["staff"] += [
            {"email": "NORA@example.com", "role": "front_desk"},
            {"email": "b@example.com", "role": "professional"},
        ]

    assert problems(change) == [
        "/staff/1/email: is on the staff already",
        "/staff/2/professional: is missing for this role",
        "/clients/0/contacts/1: is on this card already",
        "/clients/0/contacts/2/email: no mail could arrive there",
        "/clients/0/contacts/3/phone: is no telephone number",
        "/clients/0/contacts/5: is on this card already",
    ]


def test_the_promise_and_the_instant_agree() -> None:
    def change(paper: Paper) -> None:
        paper["appointments"][0] |= {"starts": "2026-03-29T02:30"}
        paper["appointments"][1] |= {"at": "2026-11-26T17:30:00Z"}
        paper["appointments"][2] |= {"at": "2026-11-30T18:00:00+01:00"}

    assert problems(change) == [
        "/appointments/0/starts: 2026-03-29T02:30 does not exist in Europe/Madrid: the clocks skip it",
        "/appointments/1/at: is 2026-11-26T18:30 in Europe/Madrid, but it starts 2026-11-26T17:30",
    ]


def test_a_promise_made_with_other_zone_data_is_kept_in_both_forms() -> None:
    def change(paper: Paper) -> None:
        paper["appointments"][1] |= {"at": "2026-11-26T17:30:00Z", "tzdata": "1999a"}

    assert problems(change) == []


def test_again_is_said_of_doubled_hours_only() -> None:
    def change(paper: Paper) -> None:
        paper["appointments"][0]["starts"] = "2026-10-25T02:30 again"
        paper["appointments"][1]["starts"] = "2026-11-26T17:30 again"

    assert problems(change) == ["/appointments/1/starts: does not come twice in Europe/Madrid"]


def test_nobody_attended_what_has_not_begun() -> None:
    def change(paper: Paper) -> None:
        paper["appointments"][1]["status"] = "attended"

    assert problems(change) == ["/appointments/1/status: attended before it has begun"]


@pytest.mark.parametrize(
    ("starts", "found"),
    [
        ("2026-11-26T17:25", 1),  # inside
        ("2026-11-26T18:20", 1),  # in the ten minutes after
        ("2026-11-26T18:25", 0),  # touching is not overlapping
        ("2026-11-26T16:35", 0),  # its own buffer ends in time
        ("2026-11-26T16:40", 1),  # its own buffer runs into the other
    ],
)
def test_buffers_count_and_touching_is_not_overlapping(starts: str, found: int) -> None:
    def change(paper: Paper) -> None:
        entry = {"client": "luis", "service": "sesion", "professional": "nora", "starts": starts}
        paper["appointments"].append(entry)

    assert len(problems(change)) == found


def test_an_overlap_is_named_for_each_that_is_taken_twice() -> None:
    def change(paper: Paper) -> None:
        paper["appointments"].append(
            {
                "client": "luis",
                "service": "sesion",
                "professional": "nora",
                "resources": ["sala"],
                "starts": "2026-11-26T18:00",
            }
        )

    assert problems(change) == [
        '/appointments/3/starts: overlaps /appointments/1: "nora" is taken, buffers included',
        '/appointments/3/starts: overlaps /appointments/1: "sala" is taken, buffers included',
    ]


def test_a_long_appointment_is_held_against_all_that_follow() -> None:
    def change(paper: Paper) -> None:
        paper["appointments"] = [
            {
                "client": "ana",
                "service": "sesion",
                "professional": "nora",
                "starts": starts,
                "duration_minutes": minutes,
            }
            for starts, minutes in (
                ("2026-11-26T09:00", 300),
                ("2026-11-26T10:00", 30),
                ("2026-11-26T12:00", 30),
            )
        ]

    assert [line.split(":")[0] for line in problems(change)] == [
        "/appointments/1/starts",
        "/appointments/2/starts",
    ]


@pytest.mark.parametrize("status", ["cancelled", "declined"])
def test_what_was_given_up_takes_no_time(status: str) -> None:
    def change(paper: Paper) -> None:
        paper["appointments"].append({**paper["appointments"][1], "status": status})

    assert problems(change) == []


def test_seats_are_of_their_session_and_taken_once() -> None:
    def change(paper: Paper) -> None:
        seat = paper["appointments"][2]
        paper["sessions"][0]["seats"] = 2
        paper["sessions"].append(
            {
                "key": "solo",
                "service": "sesion",
                "professional": "nora",
                "starts": "2026-12-07T10:00",
            }
        )
        paper["appointments"] = [
            {**seat, "seat": 1},
            {**seat, "seat": 1},
            {**seat, "seat": 3},
            {**seat, "starts": "2026-11-30T18:30"},
            {
                "client": "ana",
                "service": "grupo",
                "professional": "nora",
                "starts": "2026-12-08T10:00",
            },
            {
                "client": "ana",
                "service": "sesion",
                "professional": "nora",
                "starts": "2026-12-14T10:00",
                "seat": 1,
            },
        ]

    assert problems(change) == [
        "/sessions/1/service: is no group service (capacity 1)",
        "/appointments/1/seat: is taken by /appointments/0",
        "/appointments/2/seat: is beyond the 2 seats",
        "/appointments/3/session: is of another service or time",
        "/appointments/4/session: is missing for a group service",
        "/appointments/5/seat: needs a session",
        "/appointments/2/session: is full",
    ]


def test_rules_words_addresses_and_threads_stand_once_and_name_what_there_is() -> None:
    said = "2026-11-01T10:00:00Z"
    thread = {"medium": "sms", "address": "+34600000012", "last_at": said}
    word = {"direction": "in", "body": "ok", "key": "SM1", "said_at": said}

    def change(paper: Paper) -> None:
        rule = {"rule": "reminder", "recipient": "client", "timing": "before:60"}
        stopped = {"channel": "sms", "address": "+34600000012", "since": said}
        paper["messages"] = {
            "rules": [rule, rule, {**rule, "service": "sesion"}, {**rule, "service": "yoga"}],
            "addresses": [stopped, stopped],
        }
        paper["conversations"] = [
            {**thread, "entries": [word]},
            {**thread, "client": "nobody", "entries": [word]},
        ]

    assert problems(change) == [
        '/messages/rules/3/service: "yoga" is not in this file',
        '/conversations/1/client: "nobody" is not in this file',
        "/messages/rules/1: says the same as /messages/rules/0",
        "/messages/addresses/1: says the same as /messages/addresses/0",
        "/conversations/1: says the same as /conversations/0",
        "/conversations/1/entries/0/key: came in twice",
    ]
