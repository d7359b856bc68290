"""A mail server that takes every letter and keeps it: what trials and measurements send to. It sends nothing on."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from email.policy import default
from types import TracebackType


class Sink:
    """`with Sink() as sink:` listens on 127.0.0.1, at `sink.port`; `sink.letters` is what came, in order.

    `on_letter(number)` is called when a whole letter is in, before the server says so; `on_answer(number)` after.
    `answers` maps an address to what is said to it instead of « fine », as in {"a@b.fr": "550 No such user"}.
    """

    def __init__(
        self,
        on_letter: Callable[[int], None] = lambda number: None,
        on_answer: Callable[[int], None] = lambda number: None,
        answers: dict[str, str] | None = None,
    ) -> None:
        self.letters: list[tuple[str, bytes]] = []
        self.connections = 0
        self.on_letter, self.on_answer, self.answers = on_letter, on_answer, answers or {}
        self._server = _Server(("127.0.0.1", 0), _Talk)
        self._server.sink = self
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Sink:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def recipients(self) -> list[str]:
        return [to for to, _letter in self.letters]

    def message(self, number: int) -> Message:
        return message_from_bytes(self.letters[number][1], policy=default)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sink: Sink


class _Talk(socketserver.StreamRequestHandler):
    """One conversation of RFC 5321, as far as a client needs it."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        assert isinstance(self.server, _Server)
        sink, to = self.server.sink, ""
        sink.connections += 1
        try:
            self._say("220 sink")
            while line := self.rfile.readline():
                verb, _, rest = line.decode(errors="replace").strip().partition(" ")
                if verb.upper() == "RCPT":
                    to = rest.partition("<")[2].partition(">")[0]
                    self._say(sink.answers.get(to, "250 fine"))
                elif verb.upper() == "DATA":
                    self._take(sink, to)
                elif verb.upper() == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 fine")
        except (BrokenPipeError, ConnectionResetError):
            return  # the client died: what came whole is kept

    def _take(self, sink: Sink, to: str) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if not line:
            return
        sink.letters.append((to, b"".join(lines)))
        number = len(sink.letters)
        sink.on_letter(number)
        self._say("250 taken")
        sink.on_answer(number)

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
