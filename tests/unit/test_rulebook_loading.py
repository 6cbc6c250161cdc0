"""What a rulebook is refused for: each row changes one thing in a good rulebook and says what must be told."""

from pathlib import Path
from shutil import copytree

import pytest
from tiny import TINY, change, findings_after, tiny

from congtam.engine.findings import Unusable
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.checks import check, check_together, load_checked
from congtam.engine.rulebook.load import Library, load_draft

HEAD, MONTH, DONE, KEPT, BOTH, CLOCK = (
    "rulebook.yaml",
    "scorecards/month.yaml",
    "indicators/done_share.yaml",
    "indicators/kept.yaml",
    "indicators/both.yaml",
    "clocks/given.yaml",
)
WORK = "{id: work, title: {vi: Công việc, en: Work}, points: 60, from: done_share}"

REFUSED = [
    # what, file, text there, text instead, code, words of the finding, lines below the change
    ("unknown key", DONE, "direction:", "directoin: up\ndirection:", "unknown-key", "'directoin' is not a key here", 0),
    ("unknown key in a part", MONTH, "points: 60,", "points: 60, weight: 3,", "unknown-key", "'parts.0.weight'", 0),
    ("missing key", DONE, "unit: percent\n", "", "missing-key", "the key 'unit' is missing", None),
    ("missing key inside", DONE, ", en: Share done", "", "missing-key", "the key 'en' is missing in definition", 0),
    ("duplicate key", DONE, "unit: percent", "unit: percent\nunit: rate", "duplicate-key", "first on line 5", 1),
    ("unknown unit", DONE, "unit: percent", "unit: percents", "bad-value", "write one of 'percent', 'points'", 0),
    ("unknown direction", DONE, "direction: up", "direction: upward", "bad-value", "'direction' is 'upward'", 0),
    ("unknown group", DONE, "group: output", "group: outputs", "bad-value", "'group' is 'outputs'", 0),
    ("unknown subject", DONE, "[official]", "[person]", "bad-value", "'subjects.0' is 'person'", 0),
    ("unknown table", DONE, "share_of: share", "share_of: tasks", "bad-value", "write one of 'share', 'item'", 0),
    ("unknown period", MONTH, "period: month", "period: week", "bad-value", "'period' is 'week'", 0),
    ("bad date", HEAD, "valid_from: 2026-01-01", "valid_from: 2026-02-30", "bad-value", "'2026-02-30' is not a day", 0),
    ("bad number", MONTH, "points: 60", "points: sixty", "bad-value", "'sixty' is not a number", 0),
    ("number as a list", MONTH, "points: 60", "points: [60]", "bad-value", "a number is written like 12 or 0.25", 0),
    ("a number that is none", MONTH, "points: 60", "points: .nan", "bad-value", "not a number", 0),
    ("bad id", MONTH, "id: work", "id: Work", "bad-id", "'parts.0.id' is 'Work'", 0),
    ("bad id in the head", HEAD, "clock: given", "clock: Given one", "bad-id", "lower-case letters", 0),
    ("no opportunity unsaid", DONE, "no_opportunity: redistribute\n", "", "missing-key", "'no_opportunity'", None),
    ("gaming unsaid", BOTH, "how_to_game: {vi: Xem thành phần, en: See the parts}\n", "", "missing-key",
     "'how_to_game'", None),
    ("two kinds of measure", DONE, "share_of: share", "share_of: share\n  count_of: share", "bad-value",
     "exactly one kind", -1),
    ("no kind of measure", DONE, "share_of: share\n", "", "bad-value", "this has 0", -1),
    ("share of what", DONE, "  that: in_time\n", "", "bad-value", "share_of needs `that`", -2),
    ("part with two sources", MONTH, "formula: [{is: both}]", "formula: [{is: both}], from: kept", "bad-value",
     "one of `from`, `formula` or `parts`", 0),
    ("not YAML", DONE, "group: output", "group: [output", "not-yaml", "this is not YAML", 1),
    ("an anchor", DONE, "group: output", "group: *out", "not-yaml", "undefined alias", 0),
    ("an empty file", CLOCK, "title: {vi: Hạn được giao, en: Given deadline}\nunit: working_days\n", "", "not-a-block",
     "the file holds no keys", 0),
    ("unknown clock unit", CLOCK, "working_days", "workdays", "bad-value", "'unit' is 'workdays'", 0),
    ("unknown term", HEAD, "is: done and", "is: finished and", "bad-expression", "there is no name 'finished' here", 0),
    ("unknown name", DONE, "that: in_time", "that: on_time", "bad-expression", "did you mean 'in_time'", 0),
    ("wrong type", DONE, "that: in_time", "that: weight", "bad-expression", "`that` must be a yes or no", -2),
    ("a figure that is a condition", KEPT, "bottom: weight", "bottom: done", "bad-expression", "must be a number", -1),
    ("wrong code", DONE, "that: in_time", "that: role == 'boss'", "bad-expression", "'boss' never occurs there", 0),
    ("wrong choice", DONE, "that: in_time", "that: way == 'none'", "bad-expression", "known: partial, zero", 0),
    ("a call", DONE, "that: in_time", "that: open('x')", "bad-expression", "is not a function here", 0),
    ("an import", DONE, "that: in_time", "that: __import__('os')", "bad-expression", "is not a function here", 0),
    ("a subscript", DONE, "that: in_time", "that: kind[0]", "bad-expression", "a subscript is not part", 0),
    ("a division in a row", KEPT, "bottom: weight", "bottom: weight / 2", "bad-expression", "a row cannot divide", 0),
    ("circular terms", HEAD, "is: known(finished_at)", "is: in_time", "circular-terms", "terms go in a circle", None),
    ("circular formula", BOTH, "mean(done_share, kept)", "mean(both, kept)", "circular-formula", "both → both", -1),
    ("unknown indicator in a formula", BOTH, "mean(done_share", "mean(doneshare", "bad-expression", "'done_share'", 0),
    ("unknown indicator", MONTH, "from: kept", "from: keep", "unknown-indicator", "did you mean 'kept'", 0),
    ("unknown indicator shown", MONTH, "[both]", "[bth]", "unknown-name", "there is no indicator 'bth'", 0),
    ("unknown counter-indicator", BOTH, "indicator: kept", "indicator: kpt", "unknown-name", "no other indicator", 0),
    ("its own counter-indicator", BOTH, "indicator: kept", "indicator: both", "unknown-name", "no other indicator", 0),
    ("unknown part", MONTH, "tie_break: [work]", "tie_break: [wrok]", "unknown-name", "there is no part 'wrok'", 0),
    ("unknown grade", MONTH, "propose: low", "propose: lowest", "unknown-name", "there is no grade 'lowest'", 0),
    ("unknown capped grade", MONTH, "cap: high", "cap: low", "unknown-name", "grade that can be capped", 0),
    ("unknown reading", MONTH, "good_before", "before", "unknown-name", "reading of the base", 0),
    ("unknown clock", HEAD, "clock: given", "clock: given_one", "unknown-name", "there is no clock 'given_one'", 0),
    ("unknown stratum", MONTH, "reads: [staff]", "reads: [stuff]", "unknown-name", "there is no stratum 'stuff'", 0),
    ("circular strata", MONTH, "for: staff}", "for: staff, reads: [leaders]}", "circular-strata", "in a circle", -1),
    ("points do not sum", MONTH, "points: 60", "points: 61", "points-do-not-sum", "add up to 101, not to 100", -1),
    ("points below do not sum", MONTH, "points: 30", "points: 31", "points-do-not-sum", "add up to 41, not to 40", -4),
    ("value that is no choice", HEAD, "value: partial", "value: 3", "bad-value", "is not one of the choices", None),
    ("figure without basis", DONE, "that: in_time", "that: returns > 2", "number-without-basis", "measure.that", 0),
    ("figure in a term", HEAD, "is: done and", "is: returns < 2 and", "number-without-basis", "terms.in_time.is", 0),
    ("budget without basis", CLOCK, "unit:", "budget: 5\nunit:", "number-without-basis", "budget is a figure", 0),
    ("overlapping bands", MONTH, "from: 50", "from: 80", "bands-overlap", "middle begins inside high", 0),
    ("bands upside down", MONTH, "below: 50", "below: 60", "bands-overlap", "low begins inside middle", 0),
    ("wrong subject", DONE, "[official]", "[unit]", "wrong-subject", "not measured for a official", None),
    ("duplicate part", MONTH, "id: quality", "id: work", "duplicate-part", "the part id 'work' stands 2 times", None),
    ("overlapping values", HEAD, ", from: 2026-07-01", "", "overlapping-values", "cut has 2 values", None),
    ("ends before it begins", HEAD, "valid_to: 2027-01-01", "valid_to: 2025-01-01", "bad-validity", "before it", 0),
    ("ends for others", HEAD, "calendar:", "ends: [{staff_kind: contract, on: 2026-06-01}]\ncalendar:", "bad-validity",
     "it ends for 'contract', for whom it never was", 0),
    ("ends outside", HEAD, "calendar:", "ends: [{staff_kind: civil_servant, on: 2028-01-01}]\ncalendar:",
     "bad-validity", "outside its validity", 0),
    ("two floors", MONTH, "from: 80", "from: 80, above: 80", "bad-value", "begins at `from`", 0),
    ("a band above its better", MONTH, "from: 50", "above: 90", "bands-overlap", "middle begins inside high", 0),
    ("unverified without note", KEPT, "certainty: verified", "certainty: unverified", "unverified-without-note", "", 0),
    ("unknown certainty", KEPT, "certainty: verified", "certainty: sure", "bad-value", "'verified'", 0),
    ("an act nobody tells of", HEAD, "calendar:", "legal_acts: {Luật 9: {certainty: verified}}\ncalendar:",
     "unknown-act", "does not tell of 'Quyết định 1'", None),
    ("an act under an unknown one", HEAD, "calendar:",
     "legal_acts: {Quyết định 1: {certainty: verified, under: [Luật 9]}}\ncalendar:", "unknown-act", "'Luật 9'", 0),
    ("an act of no certainty", HEAD, "calendar:", "legal_acts: {Quyết định 1: {}}\ncalendar:", "bad-value",
     "an act says its `certainty`", 0),
    ("an issuer of no kind of document", HEAD, "calendar:",
     "legal_acts: {Quyết định 1: {certainty: verified, issuer: {vi: A, en: A}}}\ncalendar:", "bad-value", "`form`", 0),
    ("a convention with a number", HEAD, "calendar:",
     "legal_acts: {Quyết định 1: {convention: true, number: 1/QĐ}}\ncalendar:", "bad-value", "no act, so it has no", 0),
    ("group without by", MONTH, "subject: official", "subject: group", "bad-value", "`by` goes with", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "words", "below"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refuses(tmp_path: Path, file: str, old: str, new: str, code: str, words: str, below: int | None) -> None:
    findings, line = findings_after(tmp_path, file, old, new)
    told = [one for one in findings if one.code == code and words in str(one)]
    assert told, "\n".join(map(str, findings))
    assert told[0].advice
    if below is not None:
        assert (told[0].place.file, told[0].place.line) == (file, line + below)


def test_the_good_rulebook_has_no_findings(tmp_path: Path) -> None:
    assert check(tiny(tmp_path)) == []


def test_every_finding_comes_at_once(tmp_path: Path) -> None:
    """Two broken files and a stranger: three findings, not the first."""
    tiny(tmp_path)
    folder = tmp_path / "tiny"
    change(folder / DONE, "unit: percent", "unit: percents")
    change(folder / CLOCK, "working_days", "workdays")
    (folder / "notes.txt").write_text("", encoding="utf-8")
    with pytest.raises(Unusable) as refusal:
        load_draft(Library(tmp_path), "tiny")
    assert [one.code for one in refusal.value.findings] == ["bad-value", "bad-value", "unknown-file"]


@pytest.mark.parametrize("name", ["notes.txt", "indicator", "extra/"])
def test_a_stranger_is_named(tmp_path: Path, name: str) -> None:
    tiny(tmp_path)
    stranger = tmp_path / "tiny" / name
    stranger.mkdir() if name.endswith("/") else stranger.write_text("", encoding="utf-8")
    with pytest.raises(Unusable, match="unknown-file"):
        load_draft(Library(tmp_path), "tiny")


@pytest.mark.parametrize("file", ["indicators/done_share.yml", "indicators/Done.yaml", "scorecards/more/month.yaml"])
def test_a_file_that_would_not_be_read_is_named(tmp_path: Path, file: str) -> None:
    """A rule that is silently left out is worse than one that is refused."""
    tiny(tmp_path)
    path = tmp_path / "tiny" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text((TINY / DONE).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(Unusable, match=r"unknown-file|bad-id"):
        load_draft(Library(tmp_path), "tiny")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    tiny(tmp_path)
    (tmp_path / "tiny" / CLOCK).write_bytes("title: {vi: Hạn}".encode("utf-16"))
    with pytest.raises(Unusable, match=r"clocks/given.yaml.*not-utf8"):
        load_draft(Library(tmp_path), "tiny")


def test_an_unknown_rulebook_lists_the_known_ones(tmp_path: Path) -> None:
    tiny(tmp_path)
    with pytest.raises(Unusable, match="did you mean 'tiny'"):
        load_rulebook(Library(tmp_path), "tinny")


def test_indicators_are_lent_with_their_note_and_never_in_a_circle(tmp_path: Path) -> None:
    use = "uses: [{rulebook: %s, indicators: [kept], certainty: reported, note: {vi: Mượn, en: Lent}}]\nclock: given\n"
    tiny(tmp_path)
    user = copytree(TINY, tmp_path / "user")
    change(user / HEAD, "clock: given\n", use % "tiny")
    with pytest.raises(Unusable, match="'kept' is also used from tiny"):
        load_rulebook(Library(tmp_path), "user")
    (user / KEPT).unlink()
    lent = load_rulebook(Library(tmp_path), "user").indicators["kept"]
    assert (lent.home, lent.certainty) == ("tiny", "reported")
    change(user / HEAD, "indicators: [kept]", "indicators: [kpt]")
    with pytest.raises(Unusable, match="tiny has no indicator 'kpt'"):
        load_rulebook(Library(tmp_path), "user")
    change(tmp_path / "tiny" / HEAD, "clock: given\n", use % "user")
    with pytest.raises(Unusable, match="circular-uses"):
        load_rulebook(Library(tmp_path), "tiny")


def test_a_rulebook_is_used_only_when_every_check_passes(tmp_path: Path) -> None:
    tiny(tmp_path)
    assert load_checked(Library(tmp_path), "tiny").id == "tiny"
    change(tmp_path / "tiny" / MONTH, "points: 60", "points: 61")
    with pytest.raises(Unusable, match="points-do-not-sum"):
        load_checked(Library(tmp_path), "tiny")


def test_a_wrong_term_is_told_once_and_not_again_where_it_is_used(tmp_path: Path) -> None:
    found, line = findings_after(tmp_path, "rulebook.yaml", "known(finished_at)", "known(finished_ta)")
    assert [(one.code, one.place.line) for one in found] == [("bad-expression", line)]
    assert "'finished_ta'" in found[0].message


def test_two_rulebooks_never_grade_the_same_people_by_law_on_the_same_days(tmp_path: Path) -> None:
    one, other = tiny(tmp_path), tiny(tmp_path, "twin")
    (finding,) = check_together([one, other])
    assert (finding.code, finding.place.line) == ("overlapping-validity", 3)
    assert "twin and tiny both grade the same people" in finding.message


def test_a_rulebook_is_held_against_what_stands_beside_it(tmp_path: Path) -> None:
    one, other, third = tiny(tmp_path), tiny(tmp_path, "twin"), tiny(tmp_path, "third")
    found = check_together([one], beside=[other, third])
    assert [(finding.code, finding.place.file) for finding in found] == [("overlapping-validity", "rulebook.yaml")] * 2


SECOND_CARD = [("legal: true", "legal: true", ["two-by-law"]), ("legal: true", "legal: false", []),
               ("period: month", "period: year", [])]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "codes"), SECOND_CARD, ids=["a copy", "not by law", "another period"])
def test_one_scorecard_grades_the_same_people_by_law(tmp_path: Path, old: str, new: str, codes: list[str]) -> None:
    tiny(tmp_path)
    text = (tmp_path / "tiny" / MONTH).read_text(encoding="utf-8")
    (tmp_path / "tiny" / "scorecards" / "second.yaml").write_text(text.replace(old, new), encoding="utf-8")
    found = check(load_rulebook(Library(tmp_path), "tiny"))
    assert [one.code for one in found] == codes
    assert all(one.place.file == "scorecards/second.yaml" for one in found)


@pytest.mark.parametrize(
    "changes",
    [
        {"rulebook": ("\nclock: given\n", "\nends: [{staff_kind: civil_servant, on: 2026-01-01}]\nclock: given\n")},
        {"rulebook": ("valid_from: 2026-01-01\nvalid_to: 2027-01-01", "valid_from: 2027-01-01")},
        {"rulebook": ("[civil_servant]", "[public_employee]")},
        {"rulebook": ("\nclock: given\n", "\nsupersedes: [tiny]\nclock: given\n")},
        {"scorecards_month": ("legal: true", "legal: false")},
    ],
    ids=["ended for these people", "other days", "other people", "supersedes", "not by law"],
)
def test_rulebooks_stand_together(tmp_path: Path, changes: dict[str, tuple[str, str]]) -> None:
    assert check_together([tiny(tmp_path), tiny(tmp_path, "twin", **changes)]) == []
