"""Calls to addresses that others typed reach public addresses only, and end in bounded time and size."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from clientela.platform import outside
from clientela.platform.outside import NotPublic, Silence, call, is_public

Answering = Callable[[socket.socket], None]


@contextmanager
def listening(answer: Answering) -> Iterator[str]:
    """One connection to this machine, answered by a function."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                line.recv(65536)
                answer(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x"
        thread.join(timeout=5)


def saying(text: bytes) -> Answering:
    return lambda line: line.sendall(text)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- an address to refuse
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "nonsense",
    ],
)
def test_addresses_of_our_own_network_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_of_the_world_are(address: str) -> None:
    assert is_public(address)


def test_a_name_that_leads_home_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = [(0, 0, 0, "", (one, 443)) for one in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(NotPublic):
        call(url="https://push.example/x", headers={})


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with listening(saying(moved)) as url:
        answer = call(url=url, headers={}, may_be_private=True)
    assert (answer.status, answer.headers["location"]) == (302, "http://127.0.0.1:1/")


def test_only_the_first_part_of_a_long_answer_is_read() -> None:
    long = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + b"x" * 200_000
    with listening(saying(long)) as url:
        answer = call(url=url, headers={}, may_be_private=True)
    assert len(answer.body) == outside.MOST_BYTES


def test_silence_says_whether_the_request_may_have_arrived() -> None:
    with listening(lambda _line: None) as url, pytest.raises(Silence) as cut:
        call(url=url, headers={}, body=b"x", may_be_private=True)
    assert cut.value.may_have_arrived
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Silence) as refused:
        call(url=f"http://127.0.0.1:{port}/", headers={}, may_be_private=True)
    assert not refused.value.may_have_arrived


def test_a_server_that_never_answers_is_left() -> None:
    stay = threading.Event()
    with listening(lambda _line: stay.wait(5) and None) as url:
        with pytest.raises(Silence) as left:
            call(url=url, headers={}, may_be_private=True, answer_seconds=0.2)
        stay.set()
    assert left.value.may_have_arrived
