"""Mappings that come with Công Tâm for registers that Vietnamese offices keep, by name."""

from pathlib import Path

from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.rulebook.yaml_source import read_yaml

FOLDER = Path(__file__).parents[1] / "mappings"


def shipped_mappings() -> dict[str, str]:
    """The title of each shipped mapping by its name, in order of the names."""
    return {path.stem: str(read_yaml(path).data.get("title", "")) for path in sorted(FOLDER.glob("*.yaml"))}


def mapping_path(given: Path) -> Path:
    """The file of a mapping: a path as it is, or the name of a shipped one. Raises `Unusable` when it is neither."""
    if given.is_file():
        return given
    shipped = FOLDER / f"{given.name.removesuffix('.yaml')}.yaml"
    if given.parent == Path() and shipped.is_file():
        return shipped
    advice = f"name a file, or a shipped mapping: {did_you_mean(given.name, shipped_mappings())}"
    raise unusable("no-mapping", f"there is no mapping {str(given)!r}", advice)
