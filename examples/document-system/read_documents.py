"""Reads an (invented) document management system page by page and pushes what changed to Công Tâm.

    DOCUMENTS_TOKEN=… CONGTAM_TOKEN=… python read_documents.py \
        --documents https://van-ban.example/api --site https://congtam.example --codes codes.json --memory memory.json

Run it every few minutes. It remembers after every page how far it came; cut off, it goes on there. What it pushed twice
changes nothing: the key is the document's code, the version its revision. Nothing but Python is needed.

Exit code: 0 everything was taken, 1 records were set aside (they are named), 2 it could not go on (run it again).
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

TRIES, WAIT, TIMEOUT = 4, 2.0, 60  # seconds; the wait doubles from one try to the next
FIRST = "2026-01-01T00:00:00+07:00"  # from where the very first reading begins
Json = dict[str, Any]
Ask = Callable[[str, Mapping[str, str], bytes | None], tuple[int, bytes]]


class CannotGoOn(Exception):  # noqa: N818 (it says what happened)
    """One of the two systems does not answer as it should; the message says which and what to do."""


def over_http(address: str, headers: Mapping[str, str], body: bytes | None) -> tuple[int, bytes]:
    """One request: a POST when there is a body. The status and the answer; 0 when nobody answered."""
    try:
        with urlopen(Request(address, body, dict(headers)), timeout=TIMEOUT) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()
    except (URLError, OSError) as error:
        return 0, str(error).encode()


def asked(ask: Ask, address: str, token: str, body: Json | None = None) -> Json:
    """The answer as JSON. Asks again while the other side is down or busy. Raises `CannotGoOn`."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    status, said = 0, b""
    for attempt in range(TRIES):
        if attempt:
            time.sleep(WAIT * 2 ** (attempt - 1))
        status, said = ask(address, headers, sent)
        if status == 200:
            return dict(json.loads(said))
        if status not in (0, 429) and status < 500:
            break
    told = said.decode(errors="replace")[:400]
    raise CannotGoOn(f"{address} answers {status}: {told}. Nothing is lost: mend it and run this again.")


def record_of(document: Json, codes: Json) -> Json:
    """A document as a record: everything that is known of it, in the words of Công Tâm."""

    def person(code: str) -> str:
        return str(codes["people"].get(code, code))  # an unknown code is set aside by the site, which says so

    unit = codes["units"].get(str(document["unit"]), str(document["unit"]))
    came = document["arrived_at"]
    events: list[Json] = [
        {
            "at": came,
            "activity": "registered",
            "unit": unit,
            "attributes": {"kind": "document", "origin": "assigned", "unit": unit, "source": document["issuer"]},
        }
    ]
    for one in document["handlers"]:
        events.append(
            {
                "at": one["assigned_at"],
                "activity": "assigned",
                "official": person(one["login"]),
                "attributes": {"role": "lead" if one["leads"] else "support"},
            }
        )
    if document["deadline"]:
        events.append({"at": came, "activity": "due", "value": document["deadline"]})
    for one in document["extensions"]:
        events.append({"at": one["at"], "activity": "extended", "value": one["until"], "decision": one["decision"]})
    if document["finished_at"]:
        who = next(one["login"] for one in document["handlers"] if one["leads"])
        events.append({"at": document["finished_at"], "activity": "finished", "official": person(who)})
    return {
        "key": document["code"],
        "version": document["revision"],
        "title": document["abstract"],
        "symbol": document["symbol"],
        "events": sorted(events, key=lambda event: event["at"]),
    }


def read(documents: str, site: str, codes: Json, memory: Path, tokens: tuple[str, str], ask: Ask = over_http) -> int:
    """Read every page of what changed since the last time, and push it; how many records were set aside."""
    known = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else {"since": FIRST, "page": 1}
    aside = 0
    while True:
        query = urlencode({"changed_since": known["since"], "page": known["page"]})
        page = asked(ask, f"{documents}/documents?{query}", tokens[0])
        known.setdefault("until", page["as_of"])  # when this reading began: the next one begins there
        if page["documents"]:
            records = [record_of(one, codes) for one in page["documents"]]
            answer = asked(ask, f"{site}/api/v1/records", tokens[1], {"records": records})
            for one in answer["answers"]:
                if one["result"] == "set_aside":
                    aside += 1
                    sys.stderr.write(f"{one['key']}: {one['message']} {one['advice']}\n")
        if page["next_page"] is None:
            _keep(memory, {"since": known["until"], "page": 1})
            return aside
        known["page"] = page["next_page"]
        _keep(memory, known)


def _keep(memory: Path, known: Json) -> None:
    """Write down how far it came, whole or not at all."""
    new = memory.with_suffix(".new")
    new.write_text(json.dumps(known), encoding="utf-8")
    new.replace(memory)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", required=True, help="address of the document system's API")
    parser.add_argument("--site", required=True, help="address of Công Tâm")
    parser.add_argument("--codes", required=True, type=Path, help="their codes of units and people → ours")
    parser.add_argument("--memory", required=True, type=Path, help="where it remembers how far it came")
    told = parser.parse_args(arguments)
    tokens = (os.environ["DOCUMENTS_TOKEN"], os.environ["CONGTAM_TOKEN"])
    codes = json.loads(told.codes.read_text(encoding="utf-8"))
    try:
        aside = read(told.documents.rstrip("/"), told.site.rstrip("/"), codes, told.memory, tokens)
    except CannotGoOn as why:
        sys.stderr.write(f"{why}\n")
        return 2
    return 1 if aside else 0


if __name__ == "__main__":
    sys.exit(main())
