"""Every main page of the demo: queries, bytes as they are sent, and processor milliseconds, as one table.

The demo's own accounts open them in this process; each page once to warm it, then ten times.

    python bench/pages.py [--json]
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import province
from month_page import BACKEND

TIMES = 10
PAGES = (
    ("congchuc", "/thang-cua-toi/"),
    ("congchuc", "/vi-sao/"),
    ("congchuc", "/cong-viec/{item}/"),
    ("congchuc", "/cong-viec/{item}/da-tac-dong/"),
    ("congchuc", "/cong-viec/?tt=chua-xong"),
    ("truongphong", "/phong-toi/"),
    ("truongphong", "/phong-toi/giao-ban/"),
    ("truongphong", "/cong-viec/?tt=chua-xong"),
    ("giamdoc", "/don-vi/"),
    ("giamdoc", "/phong-toi/"),
    ("quytac", "/quy-tac/"),
    ("nhansu", "/to-chuc/"),
)


def main() -> None:
    """Fill a demo, open its pages, print."""
    with tempfile.TemporaryDirectory(prefix="congtam-bench-", ignore_cleanup_errors=True) as folder:
        province.connect(Path(folder))
        from congtam.serving import demo

        demo.fill(lambda news: print(news, file=sys.stderr))
        found = [_measured(username, address) for username, address in PAGES]
    if "--json" in sys.argv[1:]:
        print(json.dumps({"pages": found}))
        return
    print(f"{'Account':<12} {'Page':<34} {'Queries':>7} {'Bytes':>8} {'Sent':>7} {'ms':>7}")
    for one in found:
        print("{account:<12} {page:<34} {queries:>7} {bytes:>8,} {sent:>7,} {ms:>7.1f}".format(**one))


def _measured(username: str, address: str) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from congtam.access.models import Account
    from congtam.work.models import Share

    account = Account.objects.get(username=username)
    done = Share.objects.filter(official=account.person_id, state="finished").order_by("-pk").first()
    path, client = address.format(item=done.item_id if done else 0), Client(SERVER_NAME="localhost")
    client.force_login(account, backend=BACKEND)
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as seen:
        page = client.get(path)
    queries, begun = len(seen), time.process_time()
    for _ in range(TIMES):
        sent = client.get(path, headers={"Accept-Encoding": "gzip"})
    took = (time.process_time() - begun) / TIMES * 1000
    return {
        "account": username,
        "page": address.replace("{item}", "…"),
        "queries": queries,
        "bytes": len(page.content),
        "sent": len(sent.content),
        "ms": round(took, 1),
    }


if __name__ == "__main__":
    main()
