"""Print docs/generated/ from the rulebooks, or with --check say what is not current and change nothing."""

import argparse
import sys
from pathlib import Path

from generating.shelf import GENERATED
from generating.site import pages

from congtam.engine.findings import Unusable

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """0 when all is current or was printed, 1 when a check found differences, 2 when a rulebook is refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; name what is stale, missing or extra")
    asked = parser.parse_args(arguments)
    try:
        made = pages(ROOT)
    except Unusable as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    return _check(made) if asked.check else _print(made)


def _present() -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / GENERATED).rglob("*") if path.is_file()}


def _check(made: dict[str, str]) -> int:
    present = _present()
    wrong = [f"missing: {path}" for path in made if path not in present]
    wrong += [f"extra:   {path}" for path in sorted(present - made.keys())]
    wrong += [
        f"stale:   {path}"
        for path, text in made.items()
        if path in present and (ROOT / path).read_text(encoding="utf-8") != text
    ]
    if wrong:
        sys.stderr.write("\n".join([*wrong, "run: make docs"]) + "\n")
    return 1 if wrong else 0


def _print(made: dict[str, str]) -> int:
    for extra in sorted(_present() - made.keys()):
        (ROOT / extra).unlink()
    for path, text in made.items():
        file = ROOT / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
