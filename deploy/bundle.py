"""Make the offline installer: the project's wheel, every locked wheel a site needs, and the script that installs them.

    make bundle        (writes dist/congtam-<version>-<python>-<machine>.tar.gz)

Wheels are those of the Python and machine this runs on; the target must have the same.
"""

import hashlib
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
NAME = re.compile(r"[-_.]+")


def main() -> None:
    """Build everything into dist/ and print the archive's digest."""
    made = DIST / "bundle"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(made), str(ROOT))
    (made / "requirements.lock").write_text(_lock_of(needed("congtam")))
    wheels = ("--only-binary", ":all:", "--dest", str(made / "wheels"))
    _pip("download", "--no-deps", "--require-hashes", *wheels, "--requirement", str(made / "requirements.lock"))
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    (made / "python").write_text(f"{version} {platform.system()} {platform.machine()}\n")
    for path in (ROOT / "deploy/install.sh", ROOT / "docs/how-to/run-a-site.md", ROOT / "LICENSE"):
        shutil.copy(path, made)
    name = f"congtam-{distribution('congtam').version}-py{version}-{platform.system()}-{platform.machine()}".lower()
    archive = DIST / f"{name}.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:  # wheels are compressed already
        tar.add(made, name)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    sys.stdout.write(f"{digest}  {archive.relative_to(ROOT)}  ({archive.stat().st_size / 1024**2:.0f} MiB)\n")


def needed(name: str) -> set[str]:
    """The names of everything a distribution needs to run, itself left out, as installed here."""
    found: set[str] = set()
    todo: list[tuple[str, frozenset[str]]] = [(name, frozenset())]
    seen = set(todo)
    while todo:
        one, extras = todo.pop()
        for line in distribution(one).requires or ():
            asked = Requirement(line)
            if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
                found.add(NAME.sub("-", asked.name).lower())
                following = (asked.name, frozenset(asked.extras))
                if following not in seen:
                    seen.add(following)
                    todo.append(following)
    return found


def _lock_of(names: set[str]) -> str:
    """The entries of the lock for these names, with their hashes."""
    kept = defaultdict(list)  # a name may stand there more than once, for different versions of Python
    for entry in re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text()):
        kept[NAME.sub("-", re.split(r"[=<>!~ \[;]", entry, maxsplit=1)[0]).lower()].append(entry.rstrip())
    if missing := names - kept.keys():
        sys.exit(f"requirements.lock lacks {', '.join(sorted(missing))}: run `make lock`")
    return "\n".join(entry for name in sorted(names) for entry in kept[name]) + "\n"


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)


if __name__ == "__main__":
    main()
