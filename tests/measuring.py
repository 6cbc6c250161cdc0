"""Which lines of the product the tests pass: each process of a run writes them to the folder that MEASURED names.

A line that was counted is put back as it was, so measuring is cheap. `python tests/measuring.py FOLDER FLOOR` adds them
up and fails below the floor, in per cent."""

import json
import os
import sys
from pathlib import Path

from slipcover import FileMatcher, ImportManager, Slipcover, merge_coverage, print_coverage

PRODUCT = "src/congtam"
NEVER_PASSED = ["if TYPE_CHECKING:", "@overload", "assert_never"]


def begin() -> Slipcover | None:
    """Count the lines of what is imported from now on, when a folder is named."""
    if "MEASURED" not in os.environ:
        return None
    measured = Slipcover(source=[PRODUCT], exclude_also=NEVER_PASSED)
    ImportManager(measured, FileMatcher(sources=[PRODUCT])).__enter__()
    return measured


def keep(measured: Slipcover) -> None:
    """Write what this process passed through."""
    folder = Path(os.environ["MEASURED"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{os.getpid()}.json").write_text(json.dumps(measured.get_coverage()))


def judge(folder: Path, floor: float) -> bool:
    """Whether all processes together reach the floor; where they do not, what is missing is told."""
    first, *more = [json.loads(one.read_text()) for one in sorted(folder.glob("*.json"))]
    for one in more:
        merge_coverage(first, one)
    found = first["summary"]["percent_covered"]
    if found < floor:
        print_coverage(first, skip_covered=True)
    sys.stdout.write(f"lines passed, %: {found:.1f}\n")
    return bool(found >= floor)


if __name__ == "__main__":
    sys.exit(not judge(Path(sys.argv[1]), float(sys.argv[2])))
