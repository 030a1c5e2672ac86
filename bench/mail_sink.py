"""A mail server that takes everything at once and keeps nothing: ``python -m bench.mail_sink`` prints its port."""

from __future__ import annotations

import asyncio

ANSWERS = {b"DATA": b"354 go\r\n", b"QUIT": b"221 bye\r\n"}


async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say yes to every step of one conversation."""
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        writer.write(ANSWERS.get(verb, b"250 ok\r\n"))
        if verb == b"DATA":
            await reader.readuntil(b"\r\n.\r\n")
            writer.write(b"250 taken\r\n")
        if verb == b"QUIT":
            break
        await writer.drain()
    writer.close()


async def main() -> None:
    """Listen on a free port until ended."""
    server = await asyncio.start_server(converse, "127.0.0.1", 0, limit=2**20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
