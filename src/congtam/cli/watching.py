"""watch: where a figure lies beyond what is usual, for somebody to look at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from congtam.cli import terminal
from congtam.cli.asking import LIBRARY, Moment, NamedValue, Question, calendar_of, facts_of, is_sample, now
from congtam.engine.comparing.discoveries import RATE
from congtam.engine.explaining import words
from congtam.engine.explaining.formats import moment_in_words, names
from congtam.engine.explaining.rule_words import STATUS
from congtam.engine.facts.known import known
from congtam.engine.findings import unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks import load_checked
from congtam.engine.rulebook.model import Text
from congtam.engine.watching import words as said
from congtam.engine.watching.counting import true_rate
from congtam.engine.watching.signs import Look, Pattern, Scene, Sign
from congtam.engine.watching.watch import open_scene
from congtam.engine.watching.watch import watch as look

RULEBOOK = "vn/national/decree-335-2025"
ITEMS_SHOWN = 5
HEADERS = {
    "vi": ["Ở đâu", "Số liệu", "n", "Nơi khác", "Nhận xét"],
    "en": ["Where", "Figure", "n", "Elsewhere", "Look"],
}
TITLE = Text(vi="Dấu hiệu để xem lại", en="Signs to look at")
NONE = Text(vi="Không có gì vượt quá mức thường thấy.", en="Nothing lies beyond what is usual.")
TOO_LITTLE = Text(vi="Không đủ dữ liệu để nhận xét.", en="There is too little data to tell.")
NOTHING = Text(vi="Chưa có dữ liệu để xem.", en="There is nothing to look at yet.")


@click.command("watch")
@click.option("--data", required=True, type=click.Path(path_type=Path), help="Thư mục bảng dữ liệu (event.csv …).")
@click.option("--period", required=True, help="Kỳ: 2026-09, 2026-Q3, 2026, hoặc 2026-09-01..2026-10-16.")
@click.option("--rulebook", default=RULEBOOK, show_default=True, help="Bộ quy tắc cho đồng hồ thời hạn và hệ số.")
@click.option("--as-of", type=Moment(), help="Nhìn từ thời điểm này; mặc định: bây giờ, không quá cuối kỳ.")
@click.option("--known-at", type=Moment(), help="Chỉ dùng những gì đã biết đến thời điểm này.")
@click.option("--choice", "choices", multiple=True, type=NamedValue(), help="Lựa chọn của lịch.")
@click.option(
    "--rate",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=RATE,
    show_default=True,
    help="Tỷ lệ dấu hiệu do ngẫu nhiên, bình quân, trong số được nêu.",
)
@click.option("--all", "everything", is_flag=True, help="Cả những nơi như thường thấy hoặc không đủ dữ liệu.")
@click.option("--json", "json_", is_flag=True, help="In JSON.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ.")
def watch(
    data: Path,
    period: str,
    rulebook: str,
    as_of: datetime | None,
    known_at: datetime | None,
    choices: tuple[tuple[str, str], ...],
    rate: float,
    everything: bool,
    json_: bool,
    lang: str,
) -> None:
    """Bảy loại dấu hiệu đáng xem, so với nơi khác; không kết luận về ai. (Signs worth a look.)"""
    asked = Question(rulebook, "", period, data, as_of, known_at, choices, (), False, lang)
    span = Period.parse(period)
    seen = min(moment for moment in (as_of or now(), known_at) if moment is not None)
    if seen <= span.start:
        raise unusable(
            "period-not-begun",
            f"{span.label} has not begun at {moment_in_words(seen, 'en')}",
            "choose an earlier period, or a later --as-of",
        )
    book = load_checked(LIBRARY, rulebook)
    calendar = calendar_of(book, known_at, choices)
    told = known(facts_of(asked), known_at)
    scene = open_scene(told, book, calendar, span, seen, rate)
    signs = look(scene)
    if json_:
        terminal.as_json(_json(scene, signs))
        return
    _title(scene, book, lang)
    for pattern in Pattern:
        own = [sign for sign in signs if sign.pattern is pattern]
        _pattern(pattern, own, names(told), everything, lang)
        if any(sign.look is Look.WORTH_A_LOOK for sign in own) and true_rate(own, rate) > rate:
            terminal.say(said.rare_note(true_rate(own, rate), lang))


def _title(scene: Scene, book: Rulebook, lang: str) -> None:
    if is_sample(scene.facts):
        terminal.say(words.SAMPLE.in_(lang), style="bold reverse")
    terminal.heading(f"{TITLE.in_(lang)} · {scene.period.title(lang)}")
    seen = moment_in_words(scene.as_of, lang)
    terminal.say(f"As of {seen}." if lang == "en" else f"Số liệu đến {seen}.")
    if book.head.status != "in_force":
        terminal.say(f"{book.id}: {STATUS[book.head.status].in_(lang)}", style="bold")
        if book.head.notice:
            terminal.say(book.head.notice.in_(lang))
    terminal.say(said.note(scene.rate, lang))


def _pattern(
    pattern: Pattern, signs: Sequence[Sign], told: Mapping[tuple[str, str], str], everything: bool, lang: str
) -> None:
    """One pattern: what it counts, the places worth a look, and how many others there are."""
    terminal.heading(said.TITLES[pattern].in_(lang))
    if not signs:
        terminal.say(NOTHING.in_(lang))
        return
    count = said.COUNTS[pattern].in_(lang)
    terminal.say(f"{count[0].upper()}{count[1:]}.")
    shown = [sign for sign in signs if everything or sign.look is Look.WORTH_A_LOOK]
    shown.sort(key=lambda sign: (2.0 if sign.p_value is None else sign.p_value, sign.subjects))
    if shown:
        terminal.table(HEADERS[lang], [_row(sign, told, lang) for sign in shown], right=(1, 2, 3))
        for sign in shown:
            if sign.look is Look.WORTH_A_LOOK and sign.items:
                terminal.say(_items(sign, lang), indent=1)
    else:
        told_any = any(sign.look is not Look.CANNOT_TELL for sign in signs)
        terminal.say((NONE if told_any else TOO_LITTLE).in_(lang))
    if not everything:
        looks = Counter(sign.look for sign in signs)
        rest = [f"{said.LOOKS[one].in_(lang)}: {looks[one]}" for one in (Look.USUAL, Look.CANNOT_TELL)]
        terminal.say(" · ".join(rest))


def _row(sign: Sign, told: Mapping[tuple[str, str], str], lang: str) -> list[str]:
    usual = said.amount(sign.measure, sign.usual, lang)
    return [said.who(sign, told), said.fraction(sign, lang), said.counted(sign), usual, said.LOOKS[sign.look].in_(lang)]


def _items(sign: Sign, lang: str) -> str:
    first, more = ", ".join(sign.items[:ITEMS_SHOWN]), len(sign.items) - ITEMS_SHOWN
    where = " → ".join(sign.subjects)
    rest = "" if more <= 0 else f" and {more} more" if lang == "en" else f" và {more} việc nữa"
    return f"{where}: {first}{rest}"


def _json(scene: Scene, signs: Sequence[Sign]) -> dict[str, Any]:
    """Whole numbers as the engine gives them."""
    return {
        "sample": is_sample(scene.facts),
        "period": scene.period.label,
        "as_of": scene.as_of.isoformat(),
        "rate": scene.rate,
        "rates": {
            pattern.value: true_rate([sign for sign in signs if sign.pattern is pattern], scene.rate)
            for pattern in Pattern
        },
        "signs": [asdict(sign) | {"figure": sign.figure} for sign in signs],
    }
