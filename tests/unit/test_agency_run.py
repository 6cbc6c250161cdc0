"""Several scorecards over one agency: one legal score per person, nobody's picked in silence, leaders read across."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tiny import tiny

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.facts.tables import Decision, Facts, Spell
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.digest import meaning_digest
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.agency import AgencyRun, LegalBy, evaluate_agency
from congtam.engine.scoring.alone import findings_alone
from congtam.engine.scoring.run import Asked, evaluate
from congtam.engine.stories import Example, story_facts

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
CALENDAR = load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()
MONTH = Period.parse("2026-09")
CIVIL = "vn/national/decree-335-2025#civil_servant_month"
PUBLIC = "vn/national/decree-233-2026#public_employee_month"
HUE = "vn/hue/dost-monthly-2025#official_month"
GOOD = {"item": "tot", "received": "2026-09-01", "due": "2026-09-10", "finished": "2026-09-09", "copies": 6}
BAD = {"item": "bo", "received": "2026-09-01", "due": "2026-09-10", "copies": 6}


def card(key: str) -> tuple[Rulebook, str]:
    book, name = key.split("#")
    return load_rulebook(Library(SHIPPED), book), name


def facts(**officials: dict[str, Any]) -> Facts:
    told = {"title": "x", "scorecard": "civil_servant_month", "period": MONTH.label, "officials": {}, "units": {}}
    for code, one in officials.items():
        work = [{**one.pop("work"), "item": f"viec-{code}"}]
        told["officials"][code] = {"work": work, **one}  # type: ignore[index]
        told["units"]["phong"] = None  # type: ignore[index]
        if "unit" in one:
            told["units"][one["unit"]] = one.pop("parent", None)  # type: ignore[index]
            told["officials"][code].pop("parent", None)  # type: ignore[index]
    return story_facts(Example.model_validate(told))


def staff(work: dict[str, Any] = GOOD, general: int = 28, **more: Any) -> dict[str, Any]:
    return {"work": work, "ratings": {"general": general}, **more}


def leader(**more: Any) -> dict[str, Any]:
    return staff(role="leader", ratings={"general": 28, "organising": 100, "rallying": 100}, **more)


def run(told: Facts, *keys: str, period: Period = MONTH, **asked: Any) -> AgencyRun:
    return evaluate_agency(told, [card(key) for key in keys], Asked(period, period.end, **asked), lambda _: CALENDAR)


def decided(subject: str, outcome: str, seq: int = 1) -> Decision:
    return Decision(seq, MONTH.start, subject, "legal_card", MONTH.label, "legal_card", outcome, "giam-doc", "9/QĐ")


PUBLIC_EMPLOYEE = {"staff_kind": "public_employee"}


def test_each_person_has_one_legal_score_and_the_others_stand_beside_it() -> None:
    made = run(facts(an=staff(), binh=staff(**PUBLIC_EMPLOYEE)), CIVIL, PUBLIC, HUE)
    assert {code: (one.card, one.by, one.beside) for code, one in made.people.items()} == {
        "an": (CIVIL, LegalBy.RULE, (HUE,)),
        "binh": (PUBLIC, LegalBy.RULE, (HUE,)),
    }
    legal = made.legal_score("binh")
    assert legal is not None and legal == made.runs[PUBLIC].scores["binh"] and made.findings == ()


def test_every_card_scores_as_it_does_alone() -> None:
    told = facts(an=staff(), binh=staff(BAD, **PUBLIC_EMPLOYEE), sep=leader())
    made = run(told, CIVIL, PUBLIC, HUE)
    for key, beside in ((CIVIL, PUBLIC), (PUBLIC, CIVIL), (HUE, None)):
        book, name = card(key)
        asked = Asked(MONTH, MONTH.end, beside=(card(beside),) if beside else ())
        assert made.runs[key].scores == evaluate(told, book, name, asked, CALENDAR).scores


def test_the_order_of_the_cards_changes_nothing() -> None:
    told = facts(an=staff(), binh=staff(BAD, **PUBLIC_EMPLOYEE), sep=leader())
    one, other = run(told, CIVIL, PUBLIC, HUE), run(told, HUE, PUBLIC, CIVIL)
    assert all(made.scores == other.runs[key].scores for key, made in one.runs.items())
    assert all(legal.card == other.people[code].card for code, legal in one.people.items())


def test_work_is_folded_once_where_rules_count_alike_and_apart_where_a_catalogue_differs(tmp_path: Path) -> None:
    told = facts(an=staff())
    alike = run(told, CIVIL, PUBLIC, HUE)
    assert alike.runs[CIVIL].work is alike.runs[PUBLIC].work is alike.runs[HUE].work
    tiny(tmp_path, "listed")
    (tmp_path / "listed" / "catalogues").mkdir()
    (tmp_path / "listed" / "catalogues" / "so.yaml").write_text(
        "title: {vi: x}\nissuer: x\nlegal_basis: {act: x, certainty: verified}\n"
        "products: [{code: A, title: {vi: x}, coefficient: 1, from: 2026-01-01}]\n",
        encoding="utf-8",
    )
    listed = load_rulebook(Library(tmp_path), "listed")
    made = evaluate_agency(told, [card(HUE), (listed, "month")], Asked(MONTH, MONTH.end), lambda _: CALENDAR)
    assert made.runs[HUE].work is not made.runs["listed#month"].work


def test_leaders_read_legal_grades_under_other_cards_and_never_those_for_information() -> None:
    made = run(facts(sep=leader(), binh=staff(BAD, 0, **PUBLIC_EMPLOYEE)), CIVIL, PUBLIC, HUE)
    assert made.runs[CIVIL].related["sep"].below == (("binh", "not_completed"),)
    assert made.runs[CIVIL].scores["sep"].measured["led_units"].value == 0.5


def test_a_leader_reads_a_leader_who_reads_staff_under_the_first_card_again() -> None:
    told = facts(
        director=leader(unit="so"),
        head=leader(unit="trung-tam", parent="so", **PUBLIC_EMPLOYEE),
        an=staff(unit="trung-tam", parent="so"),
    )
    made = run(told, CIVIL, PUBLIC)
    assert made.runs[PUBLIC].scores["head"].graded.grade == "excellent"
    assert made.runs[CIVIL].related["director"].below == (("an", "excellent"), ("head", "excellent"))
    assert made.runs[CIVIL].scores["director"].graded.grade == "excellent"


def test_someone_without_a_legal_card_is_told_and_keeps_the_scores_for_information() -> None:
    made = run(facts(an=staff(), hoa=staff(staff_kind="contract")), CIVIL, PUBLIC, HUE)
    hoa = made.people["hoa"]
    assert (hoa.card, hoa.by, hoa.beside) == (None, LegalBy.NONE, (HUE,)) and made.legal_score("hoa") is None
    assert [one.code for one in made.findings] == ["no-legal-card"]
    assert "rulebook list --staff-kind contract" in made.findings[0].advice


def test_two_rulebooks_in_force_for_one_person_are_for_a_person_to_settle(tmp_path: Path) -> None:
    other = tiny(tmp_path, "other")
    cards = [card(CIVIL), (other, "month")]
    asked = Asked(MONTH, MONTH.end)
    told = facts(an=staff())
    open_ = evaluate_agency(told, cards, asked, lambda _: CALENDAR)
    assert (open_.people["an"].by, open_.people["an"].candidates) == (LegalBy.SEVERAL, (CIVIL, "other#month"))
    assert [one.code for one in open_.findings] == ["several-legal-cards"]
    settled = replace(told, decisions=(decided("an", "other#month"),))
    made = evaluate_agency(settled, cards, asked, lambda _: CALENDAR)
    assert (made.people["an"].card, made.people["an"].by) == ("other#month", LegalBy.DECISION)
    assert made.people["an"].beside == (CIVIL,) and made.findings == ()


@pytest.mark.parametrize(
    ("transition", "legal"),
    [("", "other#month"), ("transition: [{rulebook: %s, until: 2027-01-01, when: {vi: x, en: x}}]\n", None)],
    ids=["supersedes", "with a transition"],
)
def test_a_rulebook_that_supersedes_another_takes_its_place_unless_that_may_still_be_used(
    tmp_path: Path, transition: str, legal: str | None
) -> None:
    base = CIVIL.partition("#")[0]
    says = f"supersedes: [{base}]\n" + (transition % base if transition else "")
    other = tiny(tmp_path, "other", rulebook=("issuer: Cơ quan thử\n", f"issuer: Cơ quan thử\n{says}"))
    cards = [card(CIVIL), (other, "month")]
    made = evaluate_agency(facts(an=staff()), cards, Asked(MONTH, MONTH.end), lambda _: CALENDAR)
    assert made.people["an"].card == legal


def moving(told: Facts) -> Facts:
    """The one official becomes a public employee on 16 September."""
    spell, moved = told.spells[0], date(2026, 9, 16)
    new = Spell(9, spell.recorded_at, "s2", "an", "p", "phong", "so", "chuyen_mon", False, "public_employee", moved)
    return replace(told, spells=(replace(spell, until=moved), new))


def test_a_kind_of_staff_that_changes_inside_the_month_is_for_a_person_to_settle() -> None:
    told = moving(facts(an=staff()))
    one = run(told, CIVIL, PUBLIC).people["an"]
    assert (one.card, one.by, one.candidates) == (None, LegalBy.KIND_CHANGED, (CIVIL,))
    made = run(replace(told, decisions=(decided("an", CIVIL),)), CIVIL, PUBLIC)
    assert (made.people["an"].card, made.people["an"].by) == (CIVIL, LegalBy.DECISION)


@pytest.mark.parametrize("outcome", ["vn/national/decree-335", PUBLIC])
def test_a_decision_for_a_card_that_does_not_score_the_person_decides_nothing(outcome: str) -> None:
    made = run(replace(facts(an=staff(staff_kind="contract")), decisions=(decided("an", outcome),)), PUBLIC, HUE)
    assert made.people["an"].card is None
    assert [one.code for one in made.findings] == ["decision-without-effect", "no-legal-card"]


def test_a_later_decision_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    told = replace(facts(an=staff()), decisions=(decided("an", "other#month", 1), decided("an", CIVIL, 2)))
    made = run_with(tiny(tmp_path, "other"), told)
    assert made.people["an"].card == CIVIL


def run_with(other: Rulebook, told: Facts) -> AgencyRun:
    """Decree 335 and the month of another rulebook."""
    return evaluate_agency(told, [card(CIVIL), (other, "month")], Asked(MONTH, MONTH.end), lambda _: CALENDAR)


@pytest.mark.parametrize(
    "change",
    [
        {"rulebook": ("calendar:", "status: proposal\ncalendar:")},
        {"rulebook": ("calendar:", "status: example\ncalendar:")},
        {"scorecards_month": ("legal: true\n", "")},
    ],
    ids=["a proposal", "an example", "for information"],
)
def test_a_decision_cannot_make_a_card_legal_that_is_not_one(
    tmp_path: Path, change: dict[str, tuple[str, str]]
) -> None:
    told = replace(facts(an=staff()), decisions=(decided("an", "other#month"),))
    made = run_with(tiny(tmp_path, "other", **change), told)
    assert (made.people["an"].card, made.people["an"].by) == (CIVIL, LegalBy.RULE)
    (found,) = made.findings
    assert found.code == "decision-without-effect" and "cannot be legal" in found.message and CIVIL in found.advice


def test_a_decision_on_ones_own_card_has_no_effect_and_does_not_displace_another_persons(tmp_path: Path) -> None:
    own = replace(decided("an", "other#month", 2), by="an")
    told = replace(facts(an=staff()), decisions=(decided("an", CIVIL), own))
    made = run_with(tiny(tmp_path, "other"), told)
    assert (made.people["an"].card, made.people["an"].by) == (CIVIL, LegalBy.DECISION)
    assert [one.code for one in made.findings] == ["decision-without-effect"] and "own" in made.findings[0].message


def test_a_decision_against_the_rule_is_followed_and_told(tmp_path: Path) -> None:
    other = tiny(tmp_path, "other", rulebook=("calendar:", f"supersedes: [{CIVIL.partition('#')[0]}]\ncalendar:"))
    told = replace(facts(an=staff()), decisions=(decided("an", CIVIL),))
    made = run_with(other, told)
    assert (made.people["an"].candidates, made.people["an"].card) == (("other#month",), CIVIL)
    (found,) = made.findings
    assert found.code == "decision-over-rule" and "9/QĐ" in found.message and "other#month" in found.message


def test_a_decision_on_nobody_is_told() -> None:
    made = run(replace(facts(an=staff()), decisions=(decided("CB999", CIVIL),)), CIVIL)
    (found,) = made.findings
    assert found.code == "decision-without-effect" and "CB999" in found.message and found.place.file.endswith("seq 1")


def test_a_rulebook_for_a_province_is_for_a_person_to_settle_and_supersedes_nothing(tmp_path: Path) -> None:
    base = CIVIL.partition("#")[0]
    scope = ("scope: {staff_kind: [civil_servant]}", "scope: {staff_kind: [civil_servant], province: [hai-phong]%s}")
    says = f"\nsupersedes: [{base}]"
    away = tiny(tmp_path, "away", rulebook=(scope[0], scope[1] % "" + says))
    made = run_with(away, facts(an=staff()))
    assert (made.people["an"].by, made.people["an"].candidates) == (LegalBy.SEVERAL, (CIVIL, "away#month"))
    alone = evaluate_agency(facts(an=staff()), [(away, "month")], Asked(MONTH, MONTH.end), lambda _: CALENDAR)
    assert (alone.people["an"].by, alone.people["an"].card) == (LegalBy.PLACE_UNKNOWN, None)
    assert [one.code for one in alone.findings] == ["place-unknown"]
    here = tiny(tmp_path, "here", rulebook=(scope[0], scope[1] % ", agency: [so]" + says))
    made = run_with(here, facts(an=staff()))
    assert (made.people["an"].by, made.people["an"].card) == (LegalBy.RULE, "here#month")


# -- a rule that changes inside the period

OLD_YEAR = "vn/national/decree-90-2020#official_year"
NEW_YEAR = PUBLIC.replace("_month", "_year")
YEAR = Period.parse("2026")


def test_where_the_rule_changes_inside_the_year_both_cards_stand_and_a_person_decides() -> None:
    told = facts(an=staff(), binh=staff(**PUBLIC_EMPLOYEE))
    for trial in (False, True):
        made = run(told, OLD_YEAR, NEW_YEAR, CIVIL.replace("_month", "_year"), period=YEAR, trial=trial)
        binh, an = made.people["binh"], made.people["an"]
        assert (binh.by, binh.card, set(binh.candidates)) == (LegalBy.SEVERAL, None, {OLD_YEAR, NEW_YEAR})
        assert (an.by, an.card) == (LegalBy.RULE, CIVIL.replace("_month", "_year"))
    decision = replace(decided("binh", NEW_YEAR), period="2026")
    made = run(replace(told, decisions=(decision,)), OLD_YEAR, NEW_YEAR, period=YEAR)
    assert (made.people["binh"].by, made.people["binh"].card) == (LegalBy.DECISION, NEW_YEAR)


@pytest.mark.parametrize("only", [OLD_YEAR, NEW_YEAR])
def test_a_rulebook_of_a_part_of_the_year_is_never_legal_by_itself(only: str) -> None:
    made = run(facts(binh=staff(**PUBLIC_EMPLOYEE)), only, period=YEAR)
    binh = made.people["binh"]
    assert (binh.by, binh.card, binh.candidates) == (LegalBy.RULE_CHANGED, None, (only,))
    assert "rule-changed" in [one.code for one in made.findings]


def test_months_before_the_rule_are_told_where_a_year_averages_them() -> None:
    made = run(facts(binh=staff(**PUBLIC_EMPLOYEE)), NEW_YEAR, period=YEAR)
    told = next(one for one in made.findings if one.code == "month-before-rule")
    assert "2026-01" in told.message and "2026-06" in told.message and "2026-07" not in told.message


def test_a_month_goes_by_its_first_day(tmp_path: Path) -> None:
    begins = tiny(tmp_path, "begins", rulebook=("valid_from: 2026-01-01", "valid_from: 2026-09-02"))
    with pytest.raises(Unusable, match="not-in-force"):
        run_with(begins, facts(an=staff()))


def test_one_that_begins_inside_the_year_supersedes_nothing_before_it(tmp_path: Path) -> None:
    """Hải Phòng's decision, switched on for the year it was issued in."""
    head = (
        "title: {vi: x, en: x}\nissuer: x\nextends: vn/hai-phong/212-2025@%s\nscope: {agency: [so]}\n%s"
        "supersedes: [vn/national/decree-90-2020]\nlegal_basis: {act: x, certainty: verified}\n"
    )
    seen = meaning_digest(load_rulebook(Library(SHIPPED), "vn/hai-phong/212-2025"))[:12]
    year = Period.parse("2025")
    for name, begins, by in (("issued", "", LegalBy.SEVERAL), ("whole", "valid_from: 2025-01-01\n", LegalBy.RULE)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rulebook.yaml").write_text(head % (seen, begins), encoding="utf-8")
        cards = [card(OLD_YEAR), (load_rulebook(Library(SHIPPED, tmp_path), name), "official_year")]
        made = evaluate_agency(facts(an=staff()), cards, Asked(year, year.end), lambda _: CALENDAR)
        assert made.people["an"].by is by


def test_a_card_asked_alone_goes_by_the_first_day_and_names_the_other_rulebook() -> None:
    told = facts(binh=staff(**PUBLIC_EMPLOYEE))
    book, name = card(NEW_YEAR)
    with pytest.raises(Unusable) as refusal:
        evaluate(told, book, name, Asked(YEAR, YEAR.end), CALENDAR)
    assert "vn/national/decree-90-2020" in refusal.value.findings[0].advice and "--card" in str(refusal.value)
    old, name = card(OLD_YEAR)
    made = evaluate(told, old, name, Asked(YEAR, YEAR.end), CALENDAR)
    (found,) = findings_alone(made, lambda: [book, old])
    assert found.code == "rule-changed" and "2026-07-01" in found.message and book.id in found.advice
    assert list(findings_alone(replace(made, trial=True), lambda: [book, old])) == []


def test_a_card_asked_alone_tells_whose_kind_of_staff_changes() -> None:
    book, name = card(CIVIL)
    for told, codes in ((moving(facts(an=staff())), ["staff-kind-changed"]), (facts(an=staff()), [])):
        made = evaluate(told, book, name, Asked(MONTH, MONTH.end), CALENDAR)
        assert [one.code for one in findings_alone(made, lambda: [book])] == codes


def test_a_card_in_trial_is_never_legal() -> None:
    june = Period.parse("2026-06")
    with pytest.raises(Unusable, match="not-in-force"):
        run(facts(binh=staff(**PUBLIC_EMPLOYEE)), CIVIL, PUBLIC, period=june)
    made = run(facts(binh=staff(**PUBLIC_EMPLOYEE)), CIVIL, PUBLIC, period=june, trial=True)
    assert made.people["binh"].by is LegalBy.NONE and made.runs[PUBLIC].trial
    settled = replace(facts(binh=staff(**PUBLIC_EMPLOYEE)), decisions=(decided("binh", PUBLIC),))
    assert run(settled, PUBLIC, period=june, trial=True).people["binh"].card is None


def test_limits_run_over_those_for_whom_a_card_is_legal(tmp_path: Path) -> None:
    told = facts(an=staff(), binh=staff(), hoa=staff())
    first, other = tiny(tmp_path, "first"), tiny(tmp_path, "other")
    for outcome, candidates in (("first#month", [3, 0]), ("other#month", [2, 1])):
        chosen = {"an": "first#month", "binh": "first#month", "hoa": outcome}
        settled = replace(
            told, decisions=tuple(decided(code, key, seq) for seq, (code, key) in enumerate(chosen.items()))
        )
        cards = [(first, "month"), (other, "month")]
        made = evaluate_agency(settled, cards, Asked(MONTH, MONTH.end), lambda _: CALENDAR)
        assert [sum(cap.candidates for cap in one.caps) for one in made.runs.values()] == candidates
        assert [len(one.scores) for one in made.runs.values()] == [3, 3]


def test_a_year_averages_months_in_which_leaders_read_every_card() -> None:
    told = facts(sep=leader(), binh=staff(**PUBLIC_EMPLOYEE))
    civil, public = CIVIL.replace("_month", "_year"), PUBLIC.replace("_month", "_year")
    made = run(told, civil, public, period=Period.parse("2026"), trial=True)
    assert made.people["sep"].card == civil and made.people["binh"].by is LegalBy.RULE_CHANGED
    month = run(told, CIVIL, PUBLIC).runs[CIVIL].scores["sep"]
    assert month.total is not None and dict(made.runs[civil].scores["sep"].months)["2026-09"] == month.total


@pytest.mark.parametrize(
    ("keys", "code"),
    [((), "no-cards"), ((CIVIL, CIVIL), "card-twice"), ((HUE.replace("official_", "unit_"),), "not-of-people")],
)
def test_a_question_that_makes_no_sense_is_refused(keys: tuple[str, ...], code: str) -> None:
    with pytest.raises(Unusable, match=code):
        run(facts(an=staff()), *keys)
