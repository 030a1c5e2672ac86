"""A look at an ``https`` address over a real connection: a certificate that is vouched for, and one that is not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clientela.platform.certificates import Seen, date_of, look_at

pytestmark = [pytest.mark.sqlite, pytest.mark.req("L17")]
ENDS = datetime(2099, 1, 2, 3, 4, 5, tzinfo=UTC)
DATE = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
ANSWER = b"HTTP/1.1 204 No Content\r\nDate: Mon, 23 Nov 2026 07:00:00 GMT\r\n\r\n"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for ``localhost`` that vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(ENDS - timedelta(days=365 * 90))
        .not_valid_after(ENDS)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "both.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def address(certificate: Path) -> Iterator[str]:
    """A server with that certificate, which answers one request."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(10)

    def serve() -> None:
        try:
            plain, _ = listening.accept()
            with context.wrap_socket(plain, server_side=True) as one:
                one.recv(4096)
                one.sendall(ANSWER)
        except OSError:
            return  # whoever looked did not believe the certificate

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"https://localhost:{listening.getsockname()[1]}"
    listening.close()
    thread.join()


def test_what_is_vouched_for_shows_its_end_and_its_clock(address, certificate, monkeypatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert look_at(address) == Seen(expires_at=ENDS, date=DATE)


def test_what_nobody_vouches_for_is_refused_as_browsers_do(address) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        look_at(address)


@pytest.mark.parametrize("header", [None, "", "soon"])
def test_an_unreadable_date_is_none(header) -> None:
    assert date_of(header) is None
