"""Every main page of the demo: queries, bytes as they are sent, and processor milliseconds, as one table.

The demo's own accounts open them in this process; each page once to warm it, then ten times.
"""

import sys
import tempfile
import time
from pathlib import Path

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
        print(f"{'Account':<12} {'Page':<34} {'Queries':>7} {'Bytes':>8} {'Sent':>7} {'ms':>7}")
        for username, address in PAGES:
            print(_line(username, address))


def _line(username: str, address: str) -> str:
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
    shown = address.replace("{item}", "…")
    return f"{username:<12} {shown:<34} {queries:>7} {len(page.content):>8,} {len(sent.content):>7,} {took:>7.1f}"


if __name__ == "__main__":
    main()
