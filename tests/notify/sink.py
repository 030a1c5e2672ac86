"""A mail server that misbehaves on purpose, and remembers every mail it accepted.

It speaks just enough SMTP, one thread per connection, on a free port of this machine. Its
``behaviour`` is a word per mail: what it does instead of taking it.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

LATE = {"421-data": b"421 4.3.2 closing\r\n"}
AT_MAIL = {"550-sender": b"550 5.7.1 sender not allowed\r\n", "421-mail": b"421 4.3.2 closing\r\n"}
AT_RCPT = {
    "450": b"450 4.2.0 greylisted\r\n",
    "451": b"451 4.3.0 local error\r\n",
    "452": b"452 4.2.2 mailbox full\r\n",
    "550": b"550 5.1.1 <ana@example.com> no such user\r\n",
    "552": b"552 5.2.2 over quota\r\n",
    "relay-denied": b"550 5.7.1 relaying denied\r\n",
}
AT_END = {
    "554-spam": b"554 5.7.1 looks like spam\r\n",
    "554-body": b"554 5.6.0 bad\r\n",
    "451-end": b"451 4.3.0 later\r\n",
}


@dataclass
class Sink:
    """One server. ``behaviours`` are used up one per mail; afterwards everything is accepted."""

    behaviours: list[str] = field(default_factory=list)
    accepted: list[bytes] = field(default_factory=list)
    connections: int = 0
    on_accept: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    @property
    def message_ids(self) -> list[str]:
        found = [
            re.search(rb"^Message-ID: (<[^>]+>)", mail, re.MULTILINE | re.IGNORECASE)
            for mail in self.accepted
        ]
        return [match[1].decode() if match else "" for match in found]

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _next(self) -> str:
        with self._lock:
            return self.behaviours.pop(0) if self.behaviours else "accept"

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 sink\r\n")
            behaviour = "accept"
            for line in lines:
                verb = line[:4].upper()
                if verb in (b"EHLO", b"HELO"):
                    connection.sendall(b"250-sink\r\n250 8BITMIME\r\n")
                elif verb == b"MAIL":
                    behaviour = self._next()
                    connection.sendall(AT_MAIL.get(behaviour, b"250 ok\r\n"))
                    if behaviour == "421-mail":
                        return
                elif verb == b"RCPT":
                    connection.sendall(AT_RCPT.get(behaviour, b"250 ok\r\n"))
                elif verb == b"DATA":
                    if not self._data(connection, lines, behaviour):
                        return
                elif verb == b"QUIT":
                    connection.sendall(b"221 bye\r\n")
                    return
                else:
                    connection.sendall(b"250 ok\r\n")

    def _data(self, connection: socket.socket, lines: Iterable[bytes], behaviour: str) -> bool:
        if behaviour == "drop-at-data":
            return False
        if behaviour in LATE:
            connection.sendall(LATE[behaviour])
            return False
        connection.sendall(b"354 go\r\n")
        body = _until_the_dot(lines)
        if body is None or behaviour == "drop-before-taking":
            return False
        if behaviour == "lost-250":
            self._keep(body)
            return False
        if behaviour in AT_END:
            connection.sendall(AT_END[behaviour])
            return True
        self._keep(body)
        connection.sendall(b"250 taken\r\n")
        return True

    def _keep(self, body: list[bytes]) -> None:
        with self._lock:
            self.accepted.append(b"".join(body))
        if self.on_accept:
            self.on_accept()


def _until_the_dot(lines: Iterable[bytes]) -> list[bytes] | None:
    """Read a mail; none, if its sender died in the middle: half a mail is taken by nobody."""
    body = []
    for line in lines:
        if line == b".\r\n":
            return body
        body.append(line[1:] if line.startswith(b"..") else line)
    return None
