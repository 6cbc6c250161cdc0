"""`congtam verify` of a file, as it is typed: what it says in both languages, and its exit codes."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from congtam.cli.verifying import verify
from congtam.engine.sealing.archive import Sealed, read_seal
from congtam.engine.sealing.body import body_digest

STORED = sorted((Path(__file__).parents[1] / "sealed").glob("*.seal"))[-1]
DATA = STORED.read_bytes()
SEALED = read_seal(DATA)


def typed(*words: str) -> Result:
    """The command, with what it returns as its exit code."""
    result = CliRunner().invoke(verify, words, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def said(result: Result) -> str:
    """What was told of findings, as one line."""
    return " ".join(result.stderr.split())


def verdict(result: Result) -> str:
    """The sentence at the end, as one line."""
    return " ".join(result.stdout.split())


def test_a_whole_seal_holds() -> None:
    body = json.loads(typed(str(STORED), "--json").output)["body"]
    told = typed(str(STORED), "--body", body)
    assert told.return_value == 0
    assert verdict(told).startswith("Nguyên vẹn; tính lại ra đúng như đã chốt: 14 người. Mã bản chốt:")
    assert verdict(typed(str(STORED), "--lang", "en")).startswith(
        "Intact; computed again to the same figures: 14 people."
    )


def test_a_changed_one_is_named_in_both_languages_with_exit_code_1(tmp_path: Path) -> None:
    part = SEALED.parts["facts/rating"]
    worse = replace(part, rows=(part.rows[0].replace(b"final", b"finbl"), *part.rows[1:]))
    file = tmp_path / "changed.seal"
    file.write_bytes(replace(SEALED, parts={**SEALED.parts, part.name: worse}).to_bytes())
    vietnamese, english = typed(str(file)), typed(str(file), "--lang", "en")
    assert vietnamese.return_value == english.return_value == 1
    assert "Lỗi [row-changed] facts/rating, dòng 1: Điểm chấm tiêu chí general của Trần Văn Đức" in said(vietnamese)
    assert "không còn như lúc chốt" in said(vietnamese)
    assert "Error [row-changed] facts/rating, row 1: Mark on general of Trần Văn Đức" in said(english)
    assert "not as it was sealed" in said(english)
    assert verdict(vietnamese).startswith("Đã bị sửa; không tính lại vì không còn nguyên")
    told = json.loads(typed(str(file), "--json").stdout)
    assert (told["intact"], told["recomputes"], told["findings"][0]["place"]) == (False, None, "facts/rating, row 1")
    assert set(told["findings"][0]["advice"]) == {"vi", "en"}


def test_another_seal_than_the_document_s_is_told() -> None:
    told = typed(str(STORED), "--body", "0" * 64)
    assert told.return_value == 1
    assert verdict(told).startswith("Nguyên vẹn; tính lại ra đúng như đã chốt: 14 người; không phải bản chốt ghi trên")
    assert "hãy xin đúng tệp của lần chốt ghi trên văn bản" in said(told).lower()


def of_format(name: str) -> bytes:
    body = {**SEALED.body, "format": name}
    return Sealed(body, {**SEALED.envelope, "body": body_digest(body)}, SEALED.parts).to_bytes()


UNUSABLE: dict[str, tuple[Callable[[Path], Any], str, str]] = {
    "missing": (lambda path: None, "Không có tệp này. → Hãy xem lại đường dẫn", "There is no such file."),
    "folder": (Path.mkdir, "Đây là một thư mục", "This is a folder"),
    "empty": (lambda path: path.touch(), "Tệp rỗng", "The file is empty"),
    "text": (lambda path: path.write_text("bảng lương"), "Đây không phải bản chốt", "This is no seal"),
    "cut off": (lambda path: path.write_bytes(DATA[:-2000]), "tệp bị cắt cụt khi chép", "the file was cut off"),
    "newer": (
        lambda path: path.write_bytes(of_format("congtam-seal-9")),
        "định dạng congtam-seal-9; chương trình này chỉ đọc được congtam-seal-1",
        "written in the format congtam-seal-9; this program reads congtam-seal-1",
    ),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_cannot_be_verified_is_refused_in_both_languages(what: str, tmp_path: Path) -> None:
    made, vi, en = UNUSABLE[what]
    path = tmp_path / "a.seal"
    made(path)
    told = typed(str(path)), typed(str(path), "--lang", "en")
    assert [one.return_value for one in told] == [2, 2]
    for one, words in zip(told, (vi, en), strict=True):
        assert words in said(one)
        assert "→" in said(one)
        assert one.stdout == ""


def test_a_file_nobody_lets_us_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_bytes(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    told = typed(str(STORED))
    assert (told.return_value, "không có quyền đọc tệp này" in said(told)) == (2, True)


def test_neither_a_file_nor_the_site_is_refused() -> None:
    for words in ((), (str(STORED), "--site")):
        told = typed(*words)
        assert (told.return_value, "Chưa rõ kiểm chứng gì" in said(told)) == (2, True)
