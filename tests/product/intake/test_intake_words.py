"""What stands in the way of taking data in is told in Vietnamese, with every value, and in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from congtam.engine.findings import Finding, Place, Unusable, did_you_mean
from congtam.files.formats import LOOKS
from congtam.files.items import BEFORE, _number_advice
from congtam.files.mapping_block import EVENT_AT_ITEM
from congtam.files.mapping_source import WRONG_KEY
from congtam.files.records import BadRow, Reason, RowPlace
from congtam.files.spreadsheets.guard import OTHERS
from congtam.intake import translating, words
from congtam.intake.phrases_records import RECORDS
from congtam.intake.rows import unread
from congtam.intake.translating import SLOT, english, filled, vietnamese
from congtam.intake.words import CALLED, Problem, called, refusal

PACKAGE = Path(words.__file__).parents[1]
NOT_ON_SCREENS = {"prepare.py", "set_aside.py", "shipped.py", "roster_file.py"}  # the command line's alone
TWO_LANGUAGES = {"catalogue_mistakes.py"}  # it speaks both itself
READERS = [
    *(path for path in (PACKAGE / "files").rglob("*.py") if path.name not in NOT_ON_SCREENS | TWO_LANGUAGES),
    *(PACKAGE / "engine" / name for name in ("rulebook/yaml_source.py", "clock_rule.py")),
    *(PACKAGE / "engine" / "facts" / name for name in ("cells.py", "attributes.py")),
    PACKAGE / "intake" / "checking.py",
]
TEXTS_AT = {  # where a call holds sentences for people
    **dict.fromkeys(("Finding", "unusable", "Rejected", "Reason", "_refused", "_warning"), (1, 2)),
    "problem": (2, 3),
    "ValueError": (0,),
}
PASSED_ON = (  # what is no sentence of its own: told elsewhere, or chosen from sentences that are
    *(
        "did_you_mean(",
        "message",
        "advice",
        "reason.message",
        "reason.advice",
        "finding.message",
        "finding.advice",
        "one.message",
    ),
    *("EVENT_AT_ITEM[1]", "str(error)", "_number_advice("),
)
VALUE = "\0"


class _Source:
    """One module of a reader."""

    def __init__(self, path: Path):
        self._tree = ast.parse(path.read_text())
        self._constants = {
            node.targets[0].id: node.value.value
            for node in self._tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        }

    def sentences(self) -> Iterator[str]:
        """Every sentence it says, with a NUL for each value; an expression nobody can read begins with a tab."""
        yield from self._within(self._tree, self._tree)

    def _within(self, node: ast.AST, function: ast.AST) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                name = getattr(child.func, "id", getattr(child.func, "attr", ""))
                for at in TEXTS_AT.get(name, ()):
                    if len(child.args) > at:
                        yield from self._texts(child.args[at], function)
            yield from self._within(child, child if isinstance(child, ast.FunctionDef) else function)

    def _texts(self, node: ast.expr, function: ast.AST, name: str = "") -> list[str]:
        """The texts an expression may have; `name` is the one it is given to, whose own value in it is not known."""
        if isinstance(node, ast.Constant):
            return [str(node.value)]
        if isinstance(node, ast.IfExp):
            return [*self._texts(node.body, function, name), *self._texts(node.orelse, function, name)]
        if isinstance(node, ast.JoinedStr):
            found = [""]
            for part in node.values:
                found = [text + more for text in found for more in self._part(part, function, name)]
            return found
        if isinstance(node, ast.Name) and node.id in self._constants:
            return [self._constants[node.id]]
        if isinstance(node, ast.Name) and node.id != name and (given := self._assigned(node.id, function)):
            return given
        return [f"\t{ast.unparse(node)}"]

    def _part(self, part: ast.expr, function: ast.AST, name: str) -> list[str]:
        """A piece of an f-string: a text, or a value; a value that is one of some texts is each of them."""
        if not isinstance(part, ast.FormattedValue):
            return self._texts(part, function)
        texts = self._texts(part.value, function, name) if isinstance(part.value, ast.Name) else []
        whole = texts and part.conversion == -1 and not any(text.startswith("\t") for text in texts)
        return texts if whole else [VALUE]

    def _assigned(self, name: str, function: ast.AST) -> list[str]:
        pairs: list[tuple[ast.expr, ast.expr]] = []
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    both = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                    pairs += zip(target.elts, node.value.elts, strict=True) if both else [(target, node.value)]
        return [
            text
            for target, value in pairs
            if isinstance(target, ast.Name) and target.id == name
            for text in self._texts(value, function, name)
        ]


CHOSEN = {  # sentences made of a part that is chosen: each is looked at as it comes out
    f"{VALUE}: {VALUE}": [f"event.at: {EVENT_AT_ITEM[0]}"],
    f"{VALUE}: {VALUE} has no meaning": [f"{why}: sheet has no meaning" for why in WRONG_KEY.values()],
    f"{VALUE}; if it is one of these, say so under source: also: {{{VALUE}: […]}}": [
        f"{did_you_mean('Mã', ['Mã số', 'Ngày'])}; if it is one of these, say so under source: also: {{Mã: […]}}",
        f"{did_you_mean('Mã', ['Ngày'])}; if it is one of these, say so under source: also: {{Mã: […]}}",
    ],
}


def _said_by_readers() -> set[str]:
    found = {
        text
        for path in READERS
        for text in _Source(path).sentences()
        if not text.startswith(tuple(f"\t{one}" for one in PASSED_ON))
    }
    also = [EVENT_AT_ITEM[1], *(advice for _, advice in OTHERS.values()), *(looks for looks, _ in OTHERS.values())]
    also += [*LOOKS.values(), _number_advice("1.5", ","), _number_advice("1,5", "."), _number_advice("x", ".")]
    chosen = [text for pattern, texts in CHOSEN.items() if pattern in found for text in texts]
    return (found - CHOSEN.keys()) | {*also, *chosen}


def test_every_sentence_of_a_reader_has_a_vietnamese_one() -> None:
    said = {text.replace(VALUE, "'Cột A'") for text in _said_by_readers()}
    assert len(said) > 200, "the readers' sentences were found"
    assert sorted(text for text in said if text.startswith("\t")) == [], "sentences that cannot be read off the source"
    assert sorted(text for text in said if vietnamese(text) == text) == []


def test_every_code_under_which_rows_are_counted_is_called_something() -> None:
    sources = "".join(path.read_text() for path in READERS)
    codes = {BEFORE, *RECORDS, *re.findall(r'(?:Rejected|Reason)\(\s*"([a-z-]+)"', sources)}
    assert "two-leads" in codes
    assert codes == CALLED.keys()


def test_a_sentence_keeps_its_values_both_ways() -> None:
    for one, other in translating.PAIRS:
        slots = SLOT.findall(one)
        values = {name: "'x'" if name == "quoted" else f"V{at}" for at, name in enumerate(slots)}
        shown = {name: value.replace("'x'", "“x”") for name, value in values.items()}
        assert vietnamese(filled(one, values)) == filled(other, shown)
        assert english(filled(other, shown)) == filled(one, shown)


def test_every_fault_of_a_row_is_a_line_in_vietnamese_and_in_english() -> None:
    reason = Reason(
        "unreadable-date",
        "received is '31/02/2026', which is no date as the mapping writes them (DD/MM/YYYY)",
        "mend the date, or add its format under time.formats",
        (
            Reason(
                "unknown-person",
                "nobody in the table of people bears the name 'Trần B'",
                "did you mean 'Trần Bê' (CB7)? write the code in the cell in place of the name, or add the person to "
                "the table",
            ),
        ),
    )
    row = unread(BadRow(RowPlace("so.csv", "4"), reason, {"Ngày": "31/02/2026"}))
    assert row.message.split("\n") == [
        "Mục thời điểm tiếp nhận ghi “31/02/2026”, không đọc được thành ngày theo cách viết trong bảng ánh xạ "
        "(DD/MM/YYYY).",
        "Danh sách cán bộ không có ai tên “Trần B”.",
    ]
    assert row.advice.split("\n")[1].startswith("Có phải “Trần Bê” (CB7)? Ghi mã thay cho tên trong ô")
    assert english(row.message).split("\n")[1] == "nobody in the table of people bears the name “Trần B”"


def test_why_a_record_is_refused_is_told_in_one_language() -> None:
    problem = Problem("bad-attribute", activity="registered", why=["coefficient could not be read: it is not JSON (x)"])
    assert problem.message == (
        "Thuộc tính của sự kiện registered không dùng được: coefficient không đọc được: không phải JSON (x)."
    )
    assert english(problem.message) == (
        "Attributes of the event registered cannot be used: coefficient could not be read: it is not JSON (x)."
    )


def test_a_refused_file_says_in_which_line_of_the_mapping_and_what_to_do() -> None:
    missing = Finding(
        "column-missing", "there is no column 'Hạn' in so.csv", did_you_mean("Hạn", ["Hạn trả"]), Place("a.yaml", 7)
    )
    told = refusal(Unusable([missing]))
    assert told == "Dòng 7: Tệp so.csv không có cột “Hạn” mà bảng ánh xạ nêu. → Có phải “Hạn trả”? Dùng được: Hạn trả."
    assert english(told) == "line 7: there is no column “Hạn” in so.csv → did you mean “Hạn trả”? known: Hạn trả"
    assert refusal(OSError(28, "No space left on device")).startswith("Máy chủ không đọc được tệp (No space left")


def test_a_reason_nobody_named_stays_its_code() -> None:
    assert called("new-code").vi == "new-code"
