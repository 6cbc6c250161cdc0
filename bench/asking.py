"""A client that costs little: one thread, plain sockets, the next request as soon as an answer is whole.

It reads what to ask from standard input as JSON (port, path, seconds, connections, cookies) and prints the answer times
in milliseconds, answers that were not 200, and its own processor seconds.
"""

import json
import random
import resource
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field


@dataclass
class Line:
    """One connection: when its request went out, what came of the answer's head, and how many bytes are to come."""

    wire: socket.socket
    begun: float = 0.0
    head: bytearray = field(default_factory=bytearray)
    left: int | None = None
    status: bytes = b""

    def ask(self, request: bytes) -> None:
        """Send the next request."""
        self.head.clear()
        self.left, self.begun = None, time.perf_counter()
        self.wire.sendall(request)

    def whole(self) -> bool:
        """Take what arrived; whether the answer is complete. Raises `SystemExit` when the server hangs up."""
        some = self.wire.recv(65536)
        if not some:
            raise SystemExit("the server closed a connection")
        if self.left is not None:
            self.left -= len(some)
            return self.left <= 0
        self.head += some
        head, end, body = bytes(self.head).partition(b"\r\n\r\n")
        if not end:
            return False
        self.status = head[9:12]
        length = next(one for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:"))
        self.left = int(length.partition(b":")[2]) - len(body)
        return self.left <= 0


def main() -> None:
    """Ask until the time is over."""
    told = json.load(sys.stdin)
    draw = random.Random(1)
    requests = [
        f"GET {told['path']} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nCookie: {cookie}\r\n\r\n".encode()
        for cookie in told["cookies"]
    ]
    ready, took, wrong = selectors.DefaultSelector(), [], []
    for _ in range(told["connections"]):
        line = Line(socket.create_connection(("127.0.0.1", told["port"]), timeout=30))
        ready.register(line.wire, selectors.EVENT_READ, line)
        line.ask(draw.choice(requests))
    until = time.monotonic() + told["seconds"]
    while time.monotonic() < until:
        for key, _ in ready.select(timeout=1):
            line = key.data
            if line.whole():
                took.append((time.perf_counter() - line.begun) * 1000)
                if line.status != b"200":
                    wrong.append(line.status.decode())
                line.ask(draw.choice(requests))
    own = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"took": took, "wrong": wrong, "processor": own.ru_utime + own.ru_stime}))


if __name__ == "__main__":
    main()
