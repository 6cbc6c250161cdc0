"""A rulebook laid over another: what differs, who answers for it, and everything it is refused for."""

from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TINY, change

from congtam.engine.explaining.rule_changes import before_after
from congtam.engine.findings import Finding, Unusable
from congtam.engine.rulebook.assemble import load_base, load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks import check, check_together
from congtam.engine.rulebook.diff import Change, changes, titles
from congtam.engine.rulebook.digest import meaning, meaning_digest, wording_digest
from congtam.engine.rulebook.load import Library, read_folder
from congtam.engine.rulebook.overlay import named_base, pinned

HEAD = """\
title: {vi: Bộ địa phương, en: Local}
issuer: Tỉnh thử
extends: tiny@%s
scope: {province: [hue]}
supersedes: [tiny]
legal_basis: {act: Quyết định 2, certainty: reported}
"""
STRICT = "changes:\n  - replace: scorecards/month/grades/high\n    with: {above: 90}\n"


def lay(root: Path, lines: str = "", name: str = "local", head: str = HEAD, **files: str) -> Rulebook:
    """The tiny rulebook and an overlay of these changes (and further files), pinned to it and loaded."""
    if not (root / "tiny").exists():
        copytree(TINY, root / "tiny")
    library = Library(root)
    folder = root / name
    folder.mkdir()
    digest = meaning_digest(load_rulebook(library, "tiny"))[:12]
    (folder / "rulebook.yaml").write_text(head % digest if "%s" in head else head, encoding="utf-8")
    if lines:
        (folder / "changes.yaml").write_text(lines, encoding="utf-8")
    for file, text in files.items():
        path = folder / f"{file.replace('_', '/', 1)}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_rulebook(library, name)


def refused(root: Path, lines: str = "", **more: str) -> list[Finding]:
    with pytest.raises(Unusable) as refusal:
        lay(root, lines, **more)
    return list(refusal.value.findings)


def line(lines: str, **more: str) -> str:
    return f"changes:\n  - {lines}\n"


def test_what_is_not_said_stands_as_in_the_base(tmp_path: Path) -> None:
    book = lay(tmp_path)
    base = book.base
    assert base is not None and base.id == "tiny"
    assert book.scorecards["month"].model.parts == base.scorecards["month"].model.parts
    head = book.head
    assert (head.valid_from, head.clock) == (base.head.valid_from, "given")
    assert base.head.valid_to is not None and (head.valid_to, head.ends) == (None, ()), "the base's end is its own"
    assert (head.scope.staff_kind, head.scope.province) == (("civil_servant",), ("hue",))
    assert (head.title.en, head.issuer) == ("Local", "Tỉnh thử")
    assert check(book) == []


def test_a_replaced_grade_keeps_its_words_and_has_the_new_act(tmp_path: Path) -> None:
    high = lay(tmp_path, STRICT).scorecards["month"].model.grades[0]
    assert (high.id, high.title.en, high.from_, str(high.above)) == ("high", "High", None, "90")
    assert high.legal_basis is not None and high.legal_basis.act == "Quyết định 2"


def test_what_is_inherited_keeps_the_act_of_the_base(tmp_path: Path) -> None:
    head = "legal_basis: {act: Quyết định 1, certainty: verified}\nclock: given\n"
    copytree(TINY, tmp_path / "tiny")
    change(tmp_path / "tiny" / "rulebook.yaml", "clock: given\n", head)
    book = lay(tmp_path, STRICT)
    assert {one.legal_basis.act for one in book.indicators.values() if one.legal_basis} == {"Quyết định 1"}
    way = book.head.parameters["way"].legal_basis
    assert way is not None and way.act == "Quyết định 1"
    acts = [one.legal_basis.act if one.legal_basis else None for one in book.scorecards["month"].model.grades]
    assert acts == ["Quyết định 2", None, None]  # the card answers for those, and keeps its own act
    assert book.scorecards["month"].model.legal_basis == book.base.scorecards["month"].model.legal_basis  # type: ignore[union-attr]


def test_a_change_inside_a_block_never_answers_for_the_rest_of_it(tmp_path: Path) -> None:
    """The card's own points change: the card has the new act, its parts and grades keep the old one."""
    book = lay(tmp_path, "changes:\n  - {replace: scorecards/month/period, with: quarter}\n")
    card = book.scorecards["month"].model
    assert card.legal_basis is not None and card.legal_basis.act == "Quyết định 2"
    assert {part.legal_basis.act for part in card.parts if part.legal_basis} == {"Quyết định 1"}
    assert {grade.legal_basis.act for grade in card.grades if grade.legal_basis} == {"Quyết định 1"}


def test_a_change_may_state_its_own_act(tmp_path: Path) -> None:
    own = "    legal_basis: {act: Quyết định 3, certainty: verified}\n"
    high = lay(tmp_path, STRICT + own).scorecards["month"].model.grades[0]
    assert high.legal_basis is not None and high.legal_basis.act == "Quyết định 3"


def test_things_are_added_removed_and_put_in_order(tmp_path: Path) -> None:
    lines = """\
changes:
  - remove: scorecards/month/vetoes/lost
  - add: scorecards/month/grades/best
    before: high
    with: {title: {vi: Nhất, en: Best}, above: 95}
  - add: scorecards/month/ceilings/head
    with: {title: {vi: Trần, en: Ceiling}, for: leader, not_above: unit.grade}
  - replace: parameters/way/value
    with: zero
  - replace: scorecards/month/parts/rest/parts/quality/points
    with: 25
  - replace: scorecards/month/parts/rest/parts/mixed/points
    with: 15
"""
    book = lay(tmp_path, lines)
    card = book.scorecards["month"].model
    assert (card.vetoes, [grade.id for grade in card.grades]) == ((), ["best", "high", "middle", "low"])
    assert [one.id for one in card.ceilings] == ["head"]
    assert book.head.parameters["way"].values[0].value == "zero"
    assert [str(part.points) for part in card.parts[1].parts] == ["25", "15"]
    assert check(book) == []


def test_new_files_parameters_and_terms_stand_beside_those_of_the_base(tmp_path: Path) -> None:
    new = (TINY / "indicators" / "kept.yaml").read_text(encoding="utf-8")
    head = HEAD + "parameters: {limit: {title: {vi: Ngưỡng, en: Limit}, value: 0.2}}\n"
    book = lay(tmp_path, head=head, indicators_lasting=new)
    assert {"kept", "lasting"} <= book.indicators.keys()
    assert {"limit", "cut", "way"} == book.head.parameters.keys()


WRONG = [
    ("replace: scorecards/month/grades/hihg\n    with: {above: 90}", "unknown-id", "did you mean 'high'"),
    ("remove: scorecards/month/vetoes/lots", "unknown-id", "did you mean 'lost'"),
    ("remove: scorecards/mouth/vetoes/lost", "unknown-id", "did you mean 'month'"),
    ("remove: scorecard/month/vetoes/lost", "unknown-id", "did you mean 'scorecards'"),
    ("remove: scorecards/month/points/high", "unknown-id", "changed as a whole"),
    ("remove: scorecards", "bad-path", "no part of a block"),
    ("add: scorecards/month/grades/high\n    with: {above: 90}", "already-there", "write `replace`"),
    ("add: scorecards/other\n    with: {points: 3}", "bad-path", "a file of its own"),
    ("replace: scorecards/month/points\n    with: 100", "changes-nothing", "already is that in tiny"),
    ("replace: scorecards/month/points", "bad-value", "say `with` what"),
    ("remove: scorecards/month/points\n    with: 3", "bad-value", "`remove` does not"),
    ("remove: scorecards/month/points\n    add: x\n    with: 3", "bad-value", "exactly one of"),
    ("delete: scorecards/month/points", "unknown-key", "'changes.0.delete' is not a key"),
    ("add: scorecards/month/grades/best\n    before: hihg\n    with: {above: 95}", "unknown-id", "did you mean 'high'"),
]


@pytest.mark.parametrize(("text", "code", "words"), WRONG, ids=[text.split("\n")[0] for text, _, _ in WRONG])
def test_refuses_a_change_that_cannot_be_meant(tmp_path: Path, text: str, code: str, words: str) -> None:
    found = [one for one in refused(tmp_path, line(text)) if one.code == code]
    assert found and words in str(found[0])
    assert found[0].place.file == "changes.yaml" and found[0].place.line in (2, 3)


def test_the_same_thing_is_not_changed_twice(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, STRICT + STRICT.removeprefix("changes:\n").replace("90", "91"))
    assert (found.code, found.place.line) == ("changed-twice", 4)
    assert "changes.yaml:2" in found.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{replace: scorecards/month/grades/middle/when, with: kept > 0.4}",
         "{replace: scorecards/month/grades/middle/when/, with: kept > 0.3}"),
        ("{replace: scorecards/month/grades/middle/when, with: kept > 0.4}",
         "{replace: scorecards/month/grades/middle, with: {from: 60}}"),
        ("{replace: scorecards/month/grades/middle, with: {from: 60, when: kept > 0.4}}",
         "{remove: scorecards/month/grades/middle/when}"),
    ],
    ids=["the same with a stroke more", "then all around it", "then a part of it"],
)  # fmt: skip
def test_nothing_inside_or_around_a_change_is_changed_again(tmp_path: Path, first: str, second: str) -> None:
    (found,) = refused(tmp_path, f"changes:\n  - {first}\n  - {second}\n")
    assert (found.code, found.place.line) == ("changed-twice", 3) and "changes.yaml:2" in found.message


def test_every_wrong_change_is_told_at_once(tmp_path: Path) -> None:
    text = "changes:\n  - remove: scorecards/month/vetoes/lots\n  - remove: indicators/no_such\n"
    assert [one.place.line for one in refused(tmp_path, text)] == [2, 3]


def test_a_file_of_a_name_the_base_has_is_no_way_to_change_it(tmp_path: Path) -> None:
    kept = (TINY / "indicators" / "kept.yaml").read_text(encoding="utf-8")
    (found,) = refused(tmp_path, indicators_kept=kept)
    assert (found.code, str(found.place)) == ("already-there", "indicators/kept.yaml:1")
    assert "replace: indicators/kept/…" in found.advice


@pytest.mark.parametrize("key", ["title", "issuer", "legal_basis"])
def test_an_overlay_says_what_it_is_itself(tmp_path: Path, key: str) -> None:
    head = "\n".join(one for one in HEAD.splitlines() if not one.startswith(key)) + "\n"
    (found,) = refused(tmp_path, head=head)
    assert found.code == "missing-key" and repr(key) in found.message


def test_changes_of_nothing_are_refused(tmp_path: Path) -> None:
    copytree(TINY, tmp_path / "tiny")
    (tmp_path / "tiny" / "changes.yaml").write_text(STRICT, encoding="utf-8")
    with pytest.raises(Unusable, match="changes-of-nothing"):
        load_rulebook(Library(tmp_path), "tiny")


def test_findings_keep_the_file_and_line_of_the_offending_text(tmp_path: Path) -> None:
    """In the overlay's words where they are wrong there, in the base's where the base says it."""
    own = lay(tmp_path, "changes:\n  - {replace: scorecards/month/information, with: [both, bth]}\n")
    (found,) = check(own)
    assert (found.code, str(found.place)) == ("unknown-name", "changes.yaml:2")
    points = lay(tmp_path, "changes:\n  - {replace: scorecards/month/parts/work/points, with: 50}\n", name="other")
    (found,) = check(points)
    assert (found.code, str(found.place)) == ("points-do-not-sum", "tiny/scorecards/month.yaml:7")
    assert "mend a line of changes.yaml" in found.advice


def test_an_expression_of_the_base_that_loses_its_parameter_is_refused(tmp_path: Path) -> None:
    assert any(
        one.code == "bad-expression" and one.place.file.startswith("tiny/indicators/")
        for one in refused(tmp_path, "changes:\n  - remove: parameters/cut\n")
    )


@pytest.mark.parametrize("said", ["tiny", "tiny@123", "tiny@XYZXYZXYZXYZ", "'@123456789012'"])
def test_a_base_is_named_with_its_digest(tmp_path: Path, said: str) -> None:
    (found,) = refused(tmp_path, head=HEAD.replace("tiny@%s", said))
    assert (found.code, found.place.line) == ("bad-extends", 3)


def test_an_unknown_base_is_refused_where_it_is_named(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, head=HEAD.replace("tiny@%s", "tinny@123456789012"))
    assert (found.code, str(found.place)) == ("rulebook-missing", "rulebook.yaml:3")
    assert "did you mean 'tiny'" in found.advice


def test_a_circle_of_bases_is_refused(tmp_path: Path) -> None:
    for one, other in (("first", "second"), ("second", "first")):
        (tmp_path / one).mkdir()
        text = HEAD.replace("tiny@%s", f"{other}@123456789012")
        (tmp_path / one / "rulebook.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Unusable, match="rulebooks need each other: first → second → first"):
        load_rulebook(Library(tmp_path), "first")


USE = "uses: [{rulebook: %s, indicators: [kept], certainty: reported, note: {vi: Mượn, en: Lent}}]\nclock: given\n"


def test_a_base_that_borrows_from_its_overlay_is_a_circle(tmp_path: Path) -> None:
    lay(tmp_path)
    change(tmp_path / "tiny" / "rulebook.yaml", "clock: given\n", USE % "local")
    for name in ("local", "tiny"):
        with pytest.raises(Unusable, match=r"circular-(uses|extends)"):
            load_rulebook(Library(tmp_path), name)


@pytest.mark.parametrize("text", ["parameters: [cut]\n", "terms: done\n", "parameters: 3\n"])
def test_parameters_that_are_none_are_not_passed_over(tmp_path: Path, text: str) -> None:
    (found,) = refused(tmp_path, head=HEAD + text)
    assert (found.code, str(found.place)) == ("bad-value", "rulebook.yaml:7")


def test_a_change_that_names_no_act_has_the_overlays(tmp_path: Path) -> None:
    high = lay(tmp_path, STRICT + "    legal_basis: null\n").scorecards["month"].model.grades[0]
    assert high.legal_basis is not None and high.legal_basis.act == "Quyết định 2"


def test_an_overlay_of_an_overlay_works_and_keeps_every_place(tmp_path: Path) -> None:
    first = lay(tmp_path, STRICT)
    head = HEAD.replace("tiny", "local").replace("Quyết định 2", "Quyết định 9") % meaning_digest(first)[:12]
    head = head.replace("Bộ địa phương", "Bộ xã")
    lower = "changes:\n  - {replace: scorecards/month/grades/low/below, with: 40}\n"
    second = lay(tmp_path, lower, name="commune", head=head)
    high, _, low = second.scorecards["month"].model.grades
    assert high.legal_basis and high.legal_basis.act == "Quyết định 2"
    assert low.legal_basis and low.legal_basis.act == "Quyết định 9"
    place = second.draft.place
    assert str(place("scorecards/month.yaml", ("grades", 0, "above"))) == "local/changes.yaml:3"
    assert str(place("scorecards/month.yaml", ("grades", 2, "below"))) == "changes.yaml:2"
    assert str(place("indicators/kept.yaml", ("unit",))) == "tiny/indicators/kept.yaml:5"
    assert check(second) == []


def test_a_base_by_a_path_beside_the_overlay(tmp_path: Path) -> None:
    lay(tmp_path)
    text = (tmp_path / "local" / "rulebook.yaml").read_text(encoding="utf-8")
    (tmp_path / "local" / "rulebook.yaml").write_text(text.replace("tiny@", "../tiny@"), encoding="utf-8")
    book = load_rulebook(Library(), str(tmp_path / "local"))
    assert book.base is not None and book.base.id == "tiny"


# -- a base that changed


def test_a_base_that_changed_is_told_with_what_changed_in_it(tmp_path: Path) -> None:
    lay(tmp_path, STRICT)
    library = Library(tmp_path)
    folder = read_folder(library, "local")
    for name, text in pinned(folder, meaning(load_base(library, folder, named_base(folder)))).items():
        (folder.path / name).write_text(text, encoding="utf-8")
    assert load_rulebook(library, "local").id == "local"
    change(tmp_path / "tiny" / "scorecards" / "month.yaml", "from: 50", "from: 55")
    change(tmp_path / "tiny" / "scorecards" / "month.yaml", "information: [both]\n", "")
    with pytest.raises(Unusable) as refusal:
        load_rulebook(library, "local")
    (found,) = refusal.value.findings
    assert (found.code, found.place.line) == ("base-changed", 3)
    assert "scorecards/month/grades/middle/band" in found.message and "55" in found.message
    assert "scorecards/month/information is gone" in found.message
    assert f"extends: tiny@{meaning_digest(load_rulebook(library, 'tiny'))[:12]}" in found.advice


def test_a_mended_word_in_the_base_needs_no_review(tmp_path: Path) -> None:
    lay(tmp_path, STRICT)
    change(tmp_path / "tiny" / "rulebook.yaml", "en: Reading", "en: How it is read")
    assert load_rulebook(Library(tmp_path), "local").head.parameters["way"].title.en == "How it is read"


def test_without_the_base_as_seen_what_changed_is_said_to_be_unknown(tmp_path: Path) -> None:
    lay(tmp_path, STRICT)
    change(tmp_path / "tiny" / "scorecards" / "month.yaml", "from: 50", "from: 55")
    (tmp_path / "local" / "base.json").write_text("{}", encoding="utf-8")  # not what the digest names
    with pytest.raises(Unusable, match="what changed is not known"):
        load_rulebook(Library(tmp_path), "local")


# -- what differs


def told(found: list[Change]) -> list[tuple[str, str, bool]]:
    return [(one.kind, "/".join(one.path), one.wording) for one in found]


def test_the_diff_of_an_overlay_is_its_changes_and_nothing_else(tmp_path: Path) -> None:
    lines = STRICT + "  - remove: scorecards/month/vetoes/lost\n  - {replace: parameters/way/value, with: zero}\n"
    book = lay(tmp_path, lines)
    assert book.base is not None
    found = changes(book.base, book)
    assert told([one for one in found if one.path[0] != "rulebook"]) == [
        ("changed", "parameters/way/value", False),
        ("changed", "scorecards/month/grades/high/band", False),
        ("removed", "scorecards/month/vetoes/lost", False),
    ]
    band = next(one for one in found if one.path[-1] == "band")
    assert (band.before, band.after, str(band.place)) == ({"from": "80"}, {"above": "90"}, "local/changes.yaml:3")
    assert band.legal_basis is not None and band.legal_basis.act == "Quyết định 2"
    assert [title.en for title in band.titles if title] == ["Monthly", "High"]
    assert {path for _, path, wording in told(found) if wording} >= {"rulebook/title", "rulebook/issuer"}


INDEPENDENT = {
    ("changed", "scorecards/month/grades/high/band"): "replace: scorecards/month/grades/high, with: {above: 90}",
    (
        "changed",
        "scorecards/month/grades/middle/when",
    ): "replace: scorecards/month/grades/middle/when, with: kept > 0",
    ("removed", "scorecards/month/vetoes/lost"): "remove: scorecards/month/vetoes/lost",
    ("changed", "parameters/way/value"): "replace: parameters/way/value, with: zero",
    ("removed", "scorecards/month/information"): "remove: scorecards/month/information",
    ("changed", "indicators/kept/no_opportunity"): "replace: indicators/kept/no_opportunity, with: redistribute",
    ("changed", "scorecards/month/minimum/items"): "add: scorecards/month/minimum, with: {items: 4}",
    ("added", "scorecards/month/ceilings/top"): "add: scorecards/month/ceilings/top, with: "
    "{title: {vi: Trần, en: Top}, for: leader, not_above: unit.grade}",
    ("changed", "clocks/given/unit"): "replace: clocks/given/unit, with: hours",
}


@settings(deadline=None, max_examples=25)
@given(chosen=st.lists(st.sampled_from(sorted(INDEPENDENT)), unique=True))
def test_whatever_is_changed_in_whatever_order_the_diff_says_just_that(chosen: list[tuple[str, str]]) -> None:
    lines = "changes:\n" + "".join(f"  - {{{INDEPENDENT[one]}}}\n" for one in chosen) if chosen else ""
    with TemporaryDirectory() as folder:
        book = lay(Path(folder), lines)
    assert book.base is not None
    found = told([one for one in changes(book.base, book) if one.path[0] != "rulebook"])
    assert {(kind, path) for kind, path, _ in found} == set(chosen)
    assert check(book) == []
    back = told([one for one in changes(book, book.base) if one.path[0] != "rulebook"])
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(turned[kind], path) for kind, path, _ in back} == set(chosen)


STEPS = ["", "scorecards", "month", "parts", "work", "grades", "high", "from", "points", "parameters", "way", "value",
         "terms", "done", "is", "vetoes", "lost", "information", "both", "indicators", "kept", "measure", "ratio_of",
         "title", "legal_basis", "clocks", "given", "minimum", "0", "new"]  # fmt: skip
VALUES = ["3", "x", "[]", "{}", "true", "[1, {id: a}]", "{id: a}", "{title: {vi: a, en: b}, when: kept > 0}", "'@'"]


@settings(deadline=None, max_examples=150)
@given(
    verb=st.sampled_from(["add", "replace", "remove"]),
    path=st.lists(st.sampled_from(STEPS), max_size=5).map("/".join),
    value=st.sampled_from(VALUES),
)
def test_any_change_is_made_or_refused_in_words(verb: str, path: str, value: str) -> None:
    """Whatever is asked for: a rulebook, or findings with a place and an advice; never anything else."""
    said = f", with: {value}" if verb != "remove" else ""
    with TemporaryDirectory() as folder:
        try:
            book = lay(Path(folder), f"changes:\n  - {{{verb}: '{path}'{said}}}\n")
        except Unusable as refusal:
            assert refusal.findings and all(one.advice and one.place.file for one in refusal.findings)
        else:
            assert book.base is not None and changes(book.base, book)
            check(book)


def test_each_side_of_a_change_is_said_with_the_figures_of_its_own_rulebook(tmp_path: Path) -> None:
    head = HEAD + "parameters: {limit: {title: {vi: Ngưỡng, en: Limit}, value: 0.2}}\n"
    veto = "changes:\n  - {replace: scorecards/month/vetoes/lost/when, with: %s}\n"
    first = lay(tmp_path, veto % "kept < limit", head=head)
    again = HEAD.replace("tiny", "local") % meaning_digest(first)[:12]
    lower = (veto % "kept <= limit") + "  - {replace: parameters/limit/value, with: 0.3}\n"
    second = lay(tmp_path, lower, name="commune", head=again)
    (veto_change,) = [one for one in changes(first, second) if one.path[-1] == "when"]
    said = before_after(veto_change, (titles(first), titles(second)), "vi")
    assert said == "“Chất lượng” < “Ngưỡng (0,2)” → “Chất lượng” ≤ “Ngưỡng (0,3)”"


def test_the_same_rulebook_differs_in_nothing(tmp_path: Path) -> None:
    book = lay(tmp_path, STRICT)
    assert changes(book, book) == []


def test_an_overlay_without_changes_means_what_its_base_means_for_figures(tmp_path: Path) -> None:
    book = lay(tmp_path)
    assert book.base is not None
    found = changes(book.base, book)
    assert {one.path[0] for one in found} == {"rulebook"}
    assert meaning_digest(book) != meaning_digest(book.base)  # another scope is another meaning
    assert wording_digest(book) != wording_digest(book.base)


def test_an_overlay_that_is_no_law_yet_stands_beside_its_base(tmp_path: Path) -> None:
    head = HEAD.replace("supersedes: [tiny]\n", "")
    book = lay(tmp_path, STRICT, head=head)
    assert book.base is not None
    assert [one.code for one in check_together([book, book.base])] == ["overlapping-validity"]
    (found,) = check(book)
    assert (found.code, str(found.place)) == ("overlapping-validity", "rulebook.yaml:3")
    assert "supersedes: [tiny]" in found.advice
    quiet = lay(tmp_path, STRICT, name="quiet", head=head + 'status: "off"\n')
    assert check_together([quiet, book.base]) == []
    assert check(quiet) == []


def test_an_overlay_tells_of_its_own_acts_beside_those_of_its_base(tmp_path: Path) -> None:
    copytree(TINY, tmp_path / "tiny")
    change(tmp_path / "tiny/rulebook.yaml", "calendar:", "legal_acts: {Quyết định 1: {certainty: verified}}\ncalendar:")
    assert check(lay(tmp_path, name="silent")) == [], "what its base tells says nothing of its own acts"
    told = lay(tmp_path, name="telling", head=HEAD + "legal_acts: {Quyết định 2: {certainty: reported}}\n")
    assert list(told.head.legal_acts) == ["Quyết định 1", "Quyết định 2"] and check(told) == []
    [found] = check(lay(tmp_path, name="half", head=HEAD + "legal_acts: {Quyết định 3: {certainty: reported}}\n"))
    assert (found.code, found.place.file) == ("unknown-act", "rulebook.yaml") and "'Quyết định 2'" in found.message
