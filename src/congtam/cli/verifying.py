"""verify: whether a seal still holds, as a file or on its site; what does not is named."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from congtam.cli import terminal
from congtam.cli.on_site import database, refusals
from congtam.cli.sealing import row, seals
from congtam.engine.findings import Finding, Place, Unusable
from congtam.engine.rulebook.model import Text

if TYPE_CHECKING:
    from congtam.engine.sealing.verify import Verdict
    from congtam.scores.checking import Checked

FINDINGS, UNUSABLE = 1, 2
INTACT = {True: Text(vi="Nguyên vẹn", en="Intact"), False: Text(vi="Đã bị sửa", en="Changed")}
AGAIN = {
    True: Text(vi="tính lại ra đúng như đã chốt", en="computed again to the same figures"),
    False: Text(vi="tính lại ra khác", en="other figures come out when computed again"),
    None: Text(vi="không tính lại vì không còn nguyên", en="not computed again, as it is not whole"),
}
OTHER_SEAL = Text(vi="; không phải bản chốt ghi trên văn bản", en="; not the seal that the document names")
OTHER_PROGRAM = Text(vi="; máy tính bằng phiên bản khác ({what})", en="; computed with other versions here ({what})")
ERASED = Text(
    vi="; {count} dòng chữ đã xóa theo quyết định, số liệu không đổi",
    en="; {count} texts erased by decision, no figure",
)
SAID = Text(
    vi="{intact}; {again}: {people} người{meant}{other}{erased}. Mã bản chốt: {body}",
    en="{intact}; {again}: {people} people{meant}{other}{erased}. Digest of the seal: {body}",
)
OF_SITE = Text(
    vi="{agency}, kỳ {period}, lần {number}: {said}{same}", en="{agency}, {period}, seal {number}: {said}{same}"
)
BROKEN = Text(vi="Tệp của bản chốt đã hỏng.", en="The kept file of the seal is broken.")
SAME = Text(vi=" Cơ sở dữ liệu khớp với bản chốt.", en=" The database says the same.")
TOTAL = Text(
    vi="{count} bản chốt, {bad} bản có điều bất thường; {papers} văn bản không còn như lúc lưu{gone}.",
    en="{count} seals, {bad} with findings; {papers} papers not as they were kept{gone}.",
)
GONE = Text(vi="; {count} văn bản đã xóa theo quyết định", en="; {count} papers erased by decision")
ONE_OF_TWO = Text(
    vi="Chưa rõ kiểm chứng gì: lệnh nhận một tệp, hoặc --site, không nhận cả hai.",
    en="It is not clear what to verify: the command takes a file, or --site, not both.",
)
NAME_ONE = Text(
    vi="Viết congtam verify TỆP.seal, hoặc congtam verify --site trên máy chủ của cơ quan.",
    en="Write congtam verify FILE.seal, or congtam verify --site on the agency's server.",
)
MONTHS_OF_SITE = Text(
    vi="--month chỉ đi với tệp của một bản chốt năm, không đi với --site.",
    en="--month goes with the file of a year's seal, not with --site.",
)
NAME_YEAR = Text(
    vi="Viết congtam verify NĂM.seal --month THÁNG.seal, hoặc bỏ --month.",
    en="Write congtam verify YEAR.seal --month MONTH.seal, or leave --month out.",
)
NOT_COMPARED = Text(
    vi="Chưa đối chiếu với tháng này, vì bản chốt năm đã bị sửa.",
    en="This month was not compared, as the seal of the year was changed.",
)
WHOLE_FIRST = Text(
    vi="Hãy lấy một bản chốt năm còn nguyên rồi đối chiếu lại.",
    en="Find a seal of the year that is intact, and compare again.",
)
NO_FILE = Text(vi="Không có tệp này.", en="There is no such file.")
A_FOLDER = Text(vi="Đây là một thư mục, không phải tệp bản chốt.", en="This is a folder, not the file of a seal.")
NO_RIGHT = Text(vi="Tài khoản đang dùng không có quyền đọc tệp này.", en="This account may not read the file.")
UNREAD = Text(vi="Không đọc được tệp ({why}).", en="The file cannot be read ({why}).")
LOOK_AGAIN = Text(
    vi="Hãy xem lại đường dẫn: bản chốt là tệp .seal, do congtam seal export hoặc trang Chốt tháng xuất ra.",
    en="Look at the path again: a seal is a .seal file, written by congtam seal export or the page Chốt tháng.",
)
GET_RIGHT = Text(
    vi="Hãy xin quyền đọc tệp, hoặc chép tệp về thư mục của mình rồi kiểm chứng.",
    en="Have somebody give you the right to read it, or copy it into a folder of your own.",
)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--site", is_flag=True, help="Kiểm chứng mọi bản chốt và văn bản của trang, đối chiếu với số liệu gốc.")
@click.option("--agency", help="Với --site: chỉ của một cơ quan.")
@click.option("--period", help="Với --site: chỉ một kỳ.")
@click.option("--body", help="Mã bản chốt ghi trên văn bản, để so với tệp.")
@click.option(
    "--month",
    "months",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Bản chốt của một tháng, để đối chiếu với bản chốt năm; ghi được nhiều lần.",
)
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ.")
def verify(
    file: Path | None,
    site: bool,
    agency: str | None,
    period: str | None,
    body: str | None,
    months: tuple[Path, ...],
    as_json: bool,
    lang: str,
) -> int:
    """Bản chốt có nguyên vẹn, tính lại có ra đúng không; chỗ nào sai thì nêu tên. Mã thoát 1 khi có. (Verifies.)"""
    try:
        if (file is None) != site:
            raise _refused("which-seal", ONE_OF_TWO, NAME_ONE)
        if site and months:
            raise _refused("months-of-site", MONTHS_OF_SITE, NAME_YEAR)
        if file is None:
            return _site(agency, period, as_json, lang)
        return _file(file, body, months, as_json, lang)
    except Unusable as refused:
        terminal.findings(refused.findings, lang)
        return UNUSABLE


def _file(file: Path, body: str | None, months: Sequence[Path], as_json: bool, lang: str) -> int:
    from congtam.engine.sealing.archive import read_seal
    from congtam.engine.sealing.beside import beside
    from congtam.engine.sealing.verify import verify as verify_seal

    sealed = read_seal(_read(file))
    verdict = verify_seal(sealed, body)
    if not as_json:
        terminal.findings(verdict.findings, lang)
        terminal.say(_sentence(verdict, lang))
    differing: list[Finding] = []
    for month in months:
        differing += beside(sealed, read_seal(_read(month))) if verdict.intact else [_not_compared(month)]
    if as_json:
        terminal.as_json(_told(verdict) | ({"months": _findings(differing)} if months else {}))
    else:
        terminal.findings(differing, lang)
    return 0 if verdict.holds and not differing else FINDINGS


def _not_compared(month: Path) -> Finding:
    return _found("not-compared", NOT_COMPARED, WHOLE_FIRST, month)


def _read(file: Path) -> bytes:
    """What a file holds. Raises `Unusable` saying why it cannot be read, and what to do."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise _refused("no-file", NO_FILE, LOOK_AGAIN, file) from None
    except IsADirectoryError:
        raise _refused("a-folder", A_FOLDER, LOOK_AGAIN, file) from None
    except PermissionError:
        raise _refused("no-right", NO_RIGHT, GET_RIGHT, file) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise _refused(
            "unread", Text(vi=UNREAD.vi.format(why=why), en=UNREAD.en.format(why=why)), LOOK_AGAIN, file
        ) from None


def _site(agency: str | None, period: str | None, as_json: bool, lang: str) -> int:
    with refusals(), database():
        from congtam.documents.checking import changed_papers, erased_papers
        from congtam.scores.checking import check

        chosen = seals(agency, period)
        checked = [check(one) for one in chosen]
        only = {"agency__code": agency, "period": period}
        of = {name: value for name, value in only.items() if value is not None}
        papers, gone = list(changed_papers(**of)), erased_papers(**of)
    if as_json:
        terminal.as_json({"seals": [_checked(one) for one in checked], "papers": _findings(papers), "erased": gone})
    else:
        for one in checked:
            terminal.findings((*(one.verdict.findings if one.verdict else ()), *one.findings), lang)
            said = _sentence(one.verdict, lang) if one.verdict else BROKEN.in_(lang)
            same = "" if one.findings else SAME.in_(lang)
            seal = {"agency": one.seal.agency, "period": one.seal.period, "number": one.seal.number}
            terminal.say(OF_SITE.in_(lang).format(**seal, said=said, same=same))
        terminal.findings(papers, lang)
        bad = sum(not one.holds for one in checked)
        erased = GONE.in_(lang).format(count=gone) if gone else ""
        terminal.say(TOTAL.in_(lang).format(count=len(checked), bad=bad, papers=len(papers), gone=erased))
    return 0 if not papers and all(one.holds for one in checked) else FINDINGS


def _sentence(verdict: "Verdict", lang: str) -> str:
    other, gone = ", ".join(verdict.engine_differs), sum(verdict.erased.values())
    return SAID.in_(lang).format(
        intact=INTACT[verdict.intact].in_(lang),
        again=AGAIN[verdict.recomputes].in_(lang),
        people=verdict.people,
        meant="" if verdict.expected else OTHER_SEAL.in_(lang),
        other=OTHER_PROGRAM.in_(lang).format(what=other) if other else "",
        erased=ERASED.in_(lang).format(count=gone) if gone else "",
        body=verdict.body,
    )


def _told(verdict: "Verdict") -> dict[str, Any]:
    return {
        "body": verdict.body,
        "intact": verdict.intact,
        "recomputes": verdict.recomputes,
        "expected": verdict.expected,
        "engine_differs": list(verdict.engine_differs),
        "erased": dict(verdict.erased),
        "people": verdict.people,
        "findings": _findings(verdict.findings),
    }


def _checked(one: "Checked") -> dict[str, Any]:
    verdict = _told(one.verdict) if one.verdict else None
    return row(one.seal) | {"holds": one.holds, "verdict": verdict, "findings": _findings(one.findings)}


def _findings(found: Sequence[Finding]) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "place": str(one.place)}
        | {name: {lang: one.told(lang)[at] for lang in ("vi", "en")} for at, name in ((1, "message"), (2, "advice"))}
        for one in found
    ]


def _refused(code: str, why: Text, advice: Text, file: Path | None = None) -> Unusable:
    return Unusable([_found(code, why, advice, file)])


def _found(code: str, why: Text, advice: Text, file: Path | None) -> Finding:
    return Finding(code, why.en, advice.en, Place(str(file or "")), vi=(why.vi, advice.vi))
