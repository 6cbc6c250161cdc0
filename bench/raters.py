"""How well raters are told apart, on many invented half-years of whom the truth is known.

    python bench/raters.py [draws]    5,000 half-years of each kind; two to three minutes

For each kind: how often the stated interval holds the truth, how far off the estimate is on average, how often the
planted rater is named on the right side, and how often anybody who leans no more than usual is named.
"""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

import numpy as np
from report import RESULTS, machine

from congtam.engine.comparing.raters import Leaning, leanings
from congtam.simulate.raters import Office, draw

OFFICES = {
    "nobody leans": Office(),
    "nobody leans, raters differ much": Office(usual=4),
    "nobody leans, thirty raters": Office(raters=30),
    "8 points too kind": Office(kind=8),
    "8 too kind, the section really 10 % better": Office(kind=8, better=10),
    "8 too kind, 10 % better, marks follow work closely": Office(kind=8, better=10, slope=1),
    "8 too kind, the section really 10 % worse": Office(kind=8, better=-10),
    "8 points too harsh": Office(kind=-8),
    "8 too harsh, the section really 10 % better": Office(kind=-8, better=10),
    "8 too kind, thirty raters": Office(kind=8, raters=30),
    "kind to nobody, the section really 10 % better": Office(better=10),
    "nearly one mark for everybody": Office(narrow=0.2),
    "8 too kind, of three people": Office(kind=8, people=3),
}


def measured(office: Office, draws: int) -> dict[str, float | None]:
    """What came out of so many half-years."""
    rng = np.random.default_rng(2026)
    side = {1: Leaning.KINDER, -1: Leaning.HARSHER}.get(int(np.sign(office.kind)))
    told, inside, named, false, off = 0, 0, 0, 0, []
    for _ in range(draws):
        half = draw(rng, office)
        found = leanings(half.marks).raters
        false += any(one.leaning in (Leaning.KINDER, Leaning.HARSHER) for one in (found[1:] if office.kind else found))
        first = found[0]
        if first.effect is None or first.low is None or first.high is None:
            continue
        told += 1
        inside += first.low <= half.truth() <= first.high
        named += first.leaning is side
        off.append(first.effect - half.truth())
    return {
        "told": told / draws,
        "inside": inside / told if told else None,
        "off": float(np.mean(off)) if off else None,
        "error": float(np.std(off)) if off else None,
        "named": named / draws if side else None,
        "false": false / draws,
    }


def main(draws: int) -> None:
    """Measure every kind, print and keep it."""
    found = {name: measured(office, draws) for name, office in OFFICES.items()}
    print("| Half-years | Told | Interval holds the truth | Off on average, ± | Named | Somebody else named |")
    print("|---|---|---|---|---|---|")
    for name, one in found.items():
        far = "–" if one["off"] is None else f"{one['off']:+.2f} ± {one['error']:.2f}"
        print(f"| {name} | {percent(one['told'])} | {percent(one['inside'])} | {far} | {percent(one['named'])} "
              f"| {percent(one['false'])} |")  # fmt: skip
    at = datetime.now(UTC)
    kept = {"measured": at.isoformat(timespec="minutes"), "kind": "raters", "machine": machine(), "draws": draws}
    told = {name: asdict(OFFICES[name]) | one for name, one in found.items()}
    path = RESULTS / f"{at:%Y-%m-%dT%H%M}-raters.json"
    path.write_text(json.dumps(kept | {"found": told}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def percent(part: float | None) -> str:
    """A part of one, in percent."""
    return "–" if part is None else f"{100 * part:.1f} %"


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5_000)
