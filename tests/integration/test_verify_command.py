"""`congtam verify` of a file, as it is typed: what it says, and its exit codes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from congtam.cli.sealing import verify
from congtam.engine.findings import Unusable
from congtam.engine.sealing.archive import Sealed, read_seal

STORED = sorted((Path(__file__).parents[1] / "sealed").glob("*.seal"))[-1]


def typed(*words: str) -> Result:
    """The command, with what it returns as its exit code."""
    result = CliRunner().invoke(verify, words, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def test_a_whole_seal_holds() -> None:
    body = json.loads(typed(str(STORED), "--json").output)["body"]
    said = typed(str(STORED), "--body", body)
    assert said.return_value == 0
    assert said.output.startswith("Nguyên vẹn; tính lại ra đúng như đã chốt: 14 người")


def test_a_changed_one_is_named_with_exit_code_1(tmp_path: Path) -> None:
    sealed = read_seal(STORED.read_bytes())
    part = sealed.parts["facts/rating"]
    worse = replace(part, rows=(part.rows[0] + b" ", *part.rows[1:]))
    file = tmp_path / "changed.seal"
    file.write_bytes(Sealed(sealed.body, sealed.envelope, {**sealed.parts, part.name: worse}).to_bytes())
    said = typed(str(file), "--json")
    assert said.return_value == 1
    told = json.loads(said.output)
    assert (told["intact"], told["recomputes"]) == (False, None)
    assert told["findings"][0]["place"] == "facts/rating, row 1"


def test_another_body_than_the_document_s_is_told() -> None:
    said = typed(str(STORED), "--body", "0" * 64)
    assert said.return_value == 1


def test_what_is_no_seal_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "bảng lương.seal"
    file.write_text("không phải bản chốt", encoding="utf-8")
    with pytest.raises(Unusable, match="no whole seal"):
        typed(str(file))
    with pytest.raises(Unusable, match="a file, or --site"):
        typed()
