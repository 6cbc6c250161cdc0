"""What a page weighs as it is sent, and how long a slow line takes to show it."""

import re
from dataclasses import dataclass
from typing import Any

BITS, DELAY = 400_000, 0.4  # a second; seconds until an answer begins
HANDSHAKES = 2  # TCP and TLS
FILES = re.compile(r'(?:href|src)="(/(?:static|bieu-do)/[^"#]+)')


@dataclass(frozen=True)
class Weight:
    """Bytes as sent, compressed: of the page, of the style sheet without which nothing is shown, and of all the rest it
    names (scripts, signs, charts)."""

    page: int
    style: int
    rest: int

    @property
    def first(self) -> int:
        """Everything, at the first visit."""
        return self.page + self.style + self.rest

    @property
    def seconds(self) -> float:
        """Until the first visit can be read: handshakes, the page, its style, one after the other."""
        return DELAY * (HANDSHAKES + 2) + (self.page + self.style) * 8 / BITS

    @property
    def seconds_after(self) -> float:
        """Until it can be read with files kept and the connection open."""
        return DELAY + self.page * 8 / BITS


def weigh(client: Any, address: str) -> Weight:
    """Open a page with a signed-in test client, and every file it names."""
    zipped = {"Accept-Encoding": "gzip"}
    names = dict.fromkeys(name.replace("&amp;", "&") for name in FILES.findall(client.get(address).content.decode()))
    sizes = {name: _size(client.get(name, headers=zipped)) for name in names}
    style = sum(size for name, size in sizes.items() if ".css" in name)
    return Weight(_size(client.get(address, headers=zipped)), style, sum(sizes.values()) - style)


def _size(answer: Any) -> int:
    assert answer.status_code == 200, answer.status_code
    return len(b"".join(answer.streaming_content) if answer.streaming else answer.content)
