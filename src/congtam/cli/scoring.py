"""evaluate, explain, what-if."""

from pathlib import Path

import click

from congtam.cli import agency, exports, tables, terminal
from congtam.cli.asking import (
    NamedValue,
    Question,
    agency_cards,
    ask,
    ask_agency,
    facts_of,
    is_sample,
    question,
    question_of_cards,
)
from congtam.cli.what_if import changes
from congtam.engine.counterfactual import compare
from congtam.engine.explaining import words
from congtam.engine.explaining.sentences import explain as tell
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.scoring.run import Run
from congtam.engine.trace import as_json, trace


@click.command()
@question_of_cards
@click.option("--json", "json_", is_flag=True, help="In JSON thay cho bảng.")
@click.option("--out", type=click.Path(path_type=Path), help="Ghi kết quả ra tệp .csv hoặc .json.")
def evaluate(question: Question, cards: tuple[str, ...], json_: bool, out: Path | None) -> None:
    """Tính điểm một kỳ cho mọi người thuộc bảng điểm. (Score one period for everyone.)

    Một bảng điểm: --rulebook và --scorecard. Cả cơ quan trong một lần: --card lặp lại, mỗi người một điểm pháp lý.
    """
    if cards:
        _agency(question, cards, json_, out)
        return
    if not (question.rulebook and question.scorecard):
        raise click.UsageError("Cần --rulebook và --scorecard, hoặc --card MÃ#BẢNG (một hoặc nhiều lần).")
    run = ask(question, facts_of(question))
    if out is not None:
        exports.write(run, out, question.lang)
    if json_:
        terminal.as_json(exports.run_json(run))
    else:
        tables.results(run, question.lang)
    if out is not None and not json_:
        terminal.say(f"→ {out}")


def _agency(question: Question, cards: tuple[str, ...], json_: bool, out: Path | None) -> None:
    """Every card over one agency, as one table."""
    named = agency_cards(question, cards)
    run = ask_agency(question, named, facts_of(question))
    if out is not None:
        exports.write_text(out, lambda: agency.as_plain(run), lambda: agency.as_csv(run, question.lang))
    if json_:
        terminal.as_json(agency.as_plain(run))
    else:
        agency.results(run, question.lang)
    if out is not None and not json_:
        terminal.say(f"→ {out}")


@click.command()
@question
@click.option("--subject", required=True, help="Mã hoặc đúng họ tên cán bộ, tên đơn vị.")
@click.option("--part", help="Mã một mục điểm: chỉ giải thích mục ấy.")
@click.option("--json", "json_", is_flag=True, help="In toàn bộ dấu vết tính điểm bằng JSON.")
def explain(question: Question, subject: str, part: str | None, json_: bool) -> None:
    """Vì sao một người được điểm ấy, đến từng bản ghi. (Why a score is what it is, record by record.)"""
    run = ask(question, facts_of(question))
    opened = trace(run, _code(run, subject))
    if json_:
        terminal.as_json(as_json(opened))
        return
    told = tell(run, opened, question.lang, part)
    if is_sample(run.facts):
        terminal.say(words.SAMPLE.in_(question.lang), style="bold reverse")
    terminal.sections(told)


def _code(run: Run, asked: str) -> str:
    """The code of a subject given by code or by full name. Raises `Unusable` when a name is of several, or when the
    person is there but another scorecard is theirs."""
    if asked in run.scores:
        return asked
    named = {
        name.code
        for name in run.facts.names
        if name.kind in ("official", "unit") and name.text.casefold() == asked.strip().casefold()
    }
    if len(named & set(run.scores)) > 1:
        codes = ", ".join(sorted(named & set(run.scores)))
        raise unusable("several-subjects", f"{asked!r} is the name of several: {codes}", "give --subject one code")
    code = next(iter(sorted(named & set(run.scores))), next(iter(sorted(named)), asked))
    kinds = dict.fromkeys(spell.staff_kind for spell in run.facts.spells if spell.official == code)
    if code in run.scores or not kinds or run.card.model.subject != "official":
        return code
    kind, wanted = next(reversed(kinds)), run.card.model.staff_kind
    if wanted and kind not in wanted:
        title = words.STAFF_KINDS[kind].en if kind in words.STAFF_KINDS else kind
        raise unusable(
            "other-scorecard",
            f"{code} is of the staff kind {kind} ({title}); {run.card.id} scores {', '.join(wanted)}",
            f"choose another rulebook: congtam rulebook list --staff-kind {kind}",
        )
    raise unusable(
        "not-there",
        f"{code} holds no post in {run.asked.period.label} by the records that were known",
        "choose another --period, or complete spell.csv",
    )


@click.command("what-if")
@question
@click.option("--set", "settings", multiple=True, type=NamedValue(), help="Đổi một tham số, ví dụ late_item=zero.")
@click.option("--without", multiple=True, help="Mã công việc: nếu không có việc này.")
@click.option("--if-good", multiple=True, help="Mã công việc: nếu đúng hạn và không lỗi.")
@click.option("--json", "json_", is_flag=True, help="In JSON.")
def what_if(
    question: Question,
    settings: tuple[tuple[str, str], ...],
    without: tuple[str, ...],
    if_good: tuple[str, ...],
    json_: bool,
) -> None:
    """Nếu đổi quy tắc hoặc công việc thì ai đổi điểm, ai đổi xếp loại. (Who would change, and how.)"""
    if not (settings or without or if_good):
        raise unusable("nothing-asked", "what-if was asked nothing", "give --set name=value, --without or --if-good")
    facts = facts_of(question)
    before = ask(question, facts)
    known = {item.item for item in before.work.items}
    for item in (*without, *if_good):
        if item not in known:
            close = [code for code in known if code.startswith(item[:4])][:20]
            raise unusable("unknown-item", f"there is no item {item!r}", did_you_mean(item, close))
    after = ask(question, facts, overrides=dict(settings), without=frozenset(without), if_good=frozenset(if_good))
    changed = compare(before, after)
    if json_:
        terminal.as_json(as_json(changed))
        return
    tables.title(before, question.lang)
    changes(changed, before, after, question.lang)
