"""catalogue: products with coefficients, in and out as workbooks."""

from pathlib import Path

import click

from congtam.cli import terminal
from congtam.cli.asking import LIBRARY
from congtam.engine.findings import Finding, errors, refuse_if_any, unusable
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.catalogue import Catalogue, catalogue_findings, catalogue_yaml
from congtam.engine.rulebook.checks import catalogues_hold_together
from congtam.engine.rulebook.load import ID, ID_ADVICE, validate
from congtam.engine.rulebook.yaml_source import read_yaml
from congtam.files.catalogue_against import lost
from congtam.files.catalogue_book import write_catalogue, write_whole
from congtam.files.catalogue_sheet import Reading, read_catalogue

LANG = click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ.")
SHEET = click.option("--sheet", help="Tên trang tính, khi không phải “Danh mục”.")


@click.group()
def catalogue() -> None:
    """Danh mục sản phẩm và hệ số quy đổi K: nhập, xuất, kiểm tra. (Products and their coefficients.)"""


@catalogue.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Tệp YAML, ví dụ catalogues/so_khcn.yaml.")
@SHEET
@click.option("--title", help="Tên danh mục, khi tệp không ghi.")
@click.option("--issuer", help="Cơ quan ban hành, khi tệp không ghi.")
@LANG
def import_(file: Path, out: Path, sheet: str | None, title: str | None, issuer: str | None, lang: str) -> None:
    """Đưa một tệp XLSX vào danh mục; sai một dòng thì không ghi gì. (XLSX in, whole or not at all.)"""
    if out.suffix != ".yaml" or not ID.fullmatch(out.stem):
        raise unusable("bad-name", f"{out.name!r} is no name for a catalogue", f"{ID_ADVICE}, then .yaml")
    given = {key: value for key, value in (("title", title), ("issuer", issuer)) if value}
    read = read_catalogue(file, sheet, given)
    found = _told(read, file, lang)
    refuse_if_any(found)
    assert read.catalogue is not None, "without errors there is a catalogue"
    before = _file(out) if out.exists() else None
    if before is not None:
        refuse_if_any(one.finding(out.name, lang) for one in lost(before, read))
    terminal.findings(found)
    write_whole(out, catalogue_yaml(read.catalogue).encode())
    terminal.say(_summary(read.catalogue, before, out, lang))


@catalogue.command("export")
@click.argument("source", required=False)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Tệp .xlsx sẽ ghi.")
@click.option("--catalogue", "name", help="Mã danh mục, khi bộ quy tắc có nhiều danh mục.")
@LANG
def export(source: str | None, out: Path, name: str | None, lang: str) -> None:
    """Ghi danh mục ra XLSX để sửa; không có SOURCE: tệp mẫu trống. (XLSX out; a blank form without SOURCE.)"""
    if out.suffix != ".xlsx":
        raise unusable("bad-ending", f"{out.name}: a catalogue is written as .xlsx", "choose a name ending in .xlsx")
    if source is None:
        write_catalogue(None, out)
    else:
        found = _named(source)
        chosen = _choose(found, name, source)
        write_catalogue(found[chosen], out, f"{source} · {chosen}")
    terminal.say(f"→ {out}")


@catalogue.command("check")
@click.argument("source")
@SHEET
@LANG
def check(source: str, sheet: str | None, lang: str) -> None:
    """Kiểm tra một tệp .xlsx, .yaml hoặc mọi danh mục của bộ quy tắc. (Every mistake, nothing written.)"""
    if source.endswith(".xlsx"):
        read = read_catalogue(Path(source), sheet)
        found, counts = _told(read, Path(source), lang), {source: len(read.rows)}
    else:
        found, catalogues = _findings(source), _named(source)
        counts = {name: len(each.products) for name, each in catalogues.items()}
    terminal.findings(found)
    for name, count in counts.items():
        terminal.say(f"{name}: {count} {'rows read' if lang == 'en' else 'dòng đọc được'}")
    if errors(found):
        raise click.exceptions.Exit(1)


def _told(read: Reading, file: Path, lang: str) -> list[Finding]:
    return [*read.warnings, *(one.finding(file.name, lang) for one in read.mistakes)]


def _file(path: Path) -> Catalogue:
    """A catalogue from its file. Raises `Unusable` when it is none."""
    document = read_yaml(path)
    found, made = validate(document, Catalogue)
    refuse_if_any(found)
    assert made is not None, "without findings there is a catalogue"
    return made


def _named(source: str) -> dict[str, Catalogue]:
    """The catalogues of a rulebook, or the one in a file, by id."""
    if source.endswith(".yaml"):
        return {Path(source).stem: _file(Path(source))}
    found = load_rulebook(LIBRARY, source).draft.catalogues
    if not found:
        advice = "import one: congtam catalogue import FILE.xlsx --out <rulebook>/catalogues/<id>.yaml"
        raise unusable("no-catalogue", f"{source} has no catalogue", advice)
    return found


def _choose(found: dict[str, Catalogue], name: str | None, source: str) -> str:
    if name is None and len(found) == 1:
        return next(iter(found))
    if name in found:
        return name
    raise unusable("which-catalogue", f"{source} has the catalogues {', '.join(found)}", "name one with --catalogue")


def _findings(source: str) -> list[Finding]:
    """What is wrong in the catalogues of a rulebook, or in the one in a file, with places."""
    if source.endswith(".yaml"):
        return catalogue_findings(_file(Path(source)), read_yaml(Path(source)).place)
    return list(catalogues_hold_together(load_rulebook(LIBRARY, source)))


def _summary(after: Catalogue, before: Catalogue | None, out: Path, lang: str) -> str:
    codes, rows = len({row.code for row in after.products}), len(after.products)
    new = rows if before is None else len(set(after.products) - set(before.products))
    if lang == "en":
        return f"{codes} codes, {rows} rows, {new} new or changed → {out}"
    return f"{codes} mã, {rows} dòng, {new} dòng mới hoặc có sửa → {out}"
