"""The mail as bytes: what a mail program reads is what was written, whatever it was."""

from __future__ import annotations

import email
from email.headerregistry import Address
from email.policy import default

import pytest
from hypothesis import given, strategies as st

from clientela.notify.channels.email.mime import Attachment, assemble

WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=300)
FILE = Attachment(
    bytes(range(256)) * 3, 'text/calendar; charset="utf-8"; method="PUBLISH"', "a.ics"
)


def written(*, headers=(), text="x", html="<p>x</p>", attachment=None) -> bytes:
    return assemble(headers=headers, text=text, html=html, attachment=attachment, boundary="abc123")


def read(source: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(source, policy=default)


@given(text=WORDS, html=WORDS, subject=WORDS, name=st.text("aé,\"'<>@;: ", max_size=40))
def test_words_survive_the_way_and_no_line_is_too_long(text, html, subject, name):
    source = written(
        headers=[
            ("From", Address(display_name=name, addr_spec="us@example.org")),
            ("To", Address(addr_spec="ana@example.com")),
            ("Subject", " ".join(subject.split())),
        ],
        text=text,
        html=html,
        attachment=FILE,
    )
    mail = read(source)
    for kind, words in (("plain", text), ("html", html)):
        body = mail.get_body((kind,)).get_content().replace("\r\n", "\n")
        assert body == words + "\n"
    assert mail["Subject"].split() == subject.split()
    assert [one.addr_spec for one in mail["From"].addresses] == ["us@example.org"]
    (attached,) = mail.iter_attachments()
    assert attached.get_payload(decode=True) == FILE.content
    assert attached.get_param("method") == "PUBLISH"
    assert all(len(line) <= 998 for line in source.split(b"\r\n"))
    assert source.isascii()
    assert b"\n" not in source.replace(b"\r\n", b"")


@pytest.mark.req("INJ-05")
@pytest.mark.parametrize("value", ["a\r\nBcc: evil@example.com", "a\nb", "é\r\nX: y"])
def test_a_header_with_a_line_break_is_refused(value):
    with pytest.raises(ValueError, match=r"linefeed|carriage"):
        written(headers=[("Subject", value)])


def test_without_a_file_the_words_stand_alone():
    mail = read(written(headers=[("Subject", "x")]))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_lines_of_any_kind_and_dots_at_their_beginning_arrive():
    text = ".dot\n..\nFrom here\n" + "long " * 300 + "\ntab\tand trailing space \nend"
    body = read(written(text=text)).get_body(("plain",)).get_content()
    assert body.replace("\r\n", "\n") == text + "\n"
