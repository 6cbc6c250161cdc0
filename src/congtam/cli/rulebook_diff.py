"""rulebook diff, pin: what a rulebook says differently from another, and which base an overlay is laid over."""

from typing import Any

import click

from congtam.cli import terminal
from congtam.cli.asking import LIBRARY
from congtam.engine.explaining.rule_changes import VERBS, basis, before_after, grouped, what
from congtam.engine.findings import unusable
from congtam.engine.rulebook.assemble import load_base, load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.diff import Change, changes, titles
from congtam.engine.rulebook.digest import meaning, meaning_digest
from congtam.engine.rulebook.load import SEEN, read_folder
from congtam.engine.rulebook.overlay import changed_in_base, named_base, pinned


@click.command("diff")
@click.argument("one")
@click.argument("other", required=False)
@click.option("--json", "plain", is_flag=True, help="Để máy đọc. (For programs.)")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def diff(one: str, other: str | None, plain: bool, lang: str) -> None:
    """Bộ quy tắc khác nền của nó, hoặc khác một bộ khác, ở đâu. (What a rulebook says otherwise.)

    Một mã: bộ ấy so với nền mà nó kế thừa. Hai mã: từ bộ thứ nhất sang bộ thứ hai.
    """
    before, after = _pair(one, other)
    found = changes(before, after)
    if plain:
        terminal.as_json(_told(before, after, found))
        return
    terminal.heading(f"{before.head.title.in_(lang)} → {after.head.title.in_(lang)}")
    terminal.say(f"{before.id} {meaning_digest(before)[:12]} → {after.id} {meaning_digest(after)[:12]}")
    names = titles(before), titles(after)
    for wording, kind, group in grouped(found):
        terminal.heading(_title(wording, kind, len(group), lang))
        for index, change in enumerate(group, start=1):
            terminal.say(f"{index}. {what(change, lang)}: {before_after(change, names, lang)}")
            terminal.say(f"{basis(change.legal_basis, lang)} · {change.place}", indent=2)
    if not found:
        terminal.say("Không khác gì." if lang == "vi" else "They say the same.")


def _pair(one: str, other: str | None) -> tuple[Rulebook, Rulebook]:
    first = load_rulebook(LIBRARY, one)
    if other is not None:
        return first, load_rulebook(LIBRARY, other)
    if first.base is None:
        raise unusable(
            "no-base",
            f"{first.id} is laid over no other rulebook",
            f"name a second one: congtam rulebook diff {one} OTHER",
        )
    return first.base, first


def _title(wording: bool, kind: str, number: int, lang: str) -> str:
    sort = ("lời văn, không đổi kết quả", "words only") if wording else ("làm đổi kết quả", "can change results")
    return f"{VERBS[kind].in_(lang)} ({sort[lang == 'en']}): {number}"


def _told(before: Rulebook, after: Rulebook, found: list[Change]) -> dict[str, Any]:
    return {
        "before": {"id": before.id, "meaning": meaning_digest(before)},
        "after": {"id": after.id, "meaning": meaning_digest(after)},
        "changes": [
            {
                "kind": one.kind,
                "path": "/".join(one.path),
                "what": {"vi": what(one, "vi"), "en": what(one, "en")},
                "before": one.before,
                "after": one.after,
                "changes_results": not one.wording,
                "legal_basis": one.legal_basis.model_dump(mode="json", by_alias=True) if one.legal_basis else None,
                "file": one.place.file,
                "line": one.place.line,
            }
            for one in found
        ],
    }


@click.command("pin")
@click.argument("identity", metavar="FOLDER")
def pin(identity: str) -> None:
    """Ghi nền hiện tại vào bộ kế thừa, sau khi đã xem lại. (Write down the base as it is now, once reviewed.)"""
    folder = read_folder(LIBRARY, identity)
    said = named_base(folder)
    base = load_base(LIBRARY, folder, said)
    now = meaning(base)
    told = changed_in_base(folder, said, now)
    if told is None and said.digest:
        terminal.say(f"Không rõ nền đã đổi những gì: không có {SEEN} của mã {said.digest} để so.")
    for one in told or ():
        terminal.say(f"Nền đã đổi: {one}")
    for name, text in pinned(folder, now).items():
        (folder.path / name).write_text(text, encoding="utf-8", newline="\n")
        terminal.say(f"{folder.path / name}")
    terminal.say(f"{folder.id} → {base.id}@{meaning_digest(base)[:16]}")
