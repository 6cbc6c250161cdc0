"""Whether what rulebook.yaml says holds together: its validity, its default clock, its parameters."""

from collections import Counter
from collections.abc import Iterator

from congtam.engine.findings import Finding, did_you_mean
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks.found import found


def parameters_without_overlap(book: Rulebook) -> Iterator[Finding]:
    """Two values of a parameter never begin on the same day for the same people."""
    for name, parameter in book.head.parameters.items():
        counts = Counter((value.from_, tuple(sorted(value.for_.items()))) for value in parameter.values)
        for (begun, people), count in counts.items():
            if count > 1:
                whom = ", ".join(f"{key} {value}" for key, value in people) or "all"
                yield found(
                    book,
                    "rulebook.yaml",
                    ("parameters", name),
                    "overlapping-values",
                    f"{name} has {count} values from {begun or 'the beginning'} for {whom}",
                    "keep one",
                )
        if parameter.choices:
            for value in parameter.values:
                if value.value not in parameter.choices:
                    yield found(
                        book,
                        "rulebook.yaml",
                        ("parameters", name),
                        "bad-value",
                        f"{value.value!r} is not one of the choices",
                        did_you_mean(str(value.value), parameter.choices),
                    )


def validity_is_a_span(book: Rulebook) -> Iterator[Finding]:
    """A rulebook ends after it begins, and its default clock exists."""
    head = book.head
    if head.valid_from and head.valid_to and head.valid_to <= head.valid_from:
        yield found(book, "rulebook.yaml", ("valid_to",), "bad-validity", "it ends before it begins", "mend the dates")
    for index, end in enumerate(head.ends):
        file, path = "rulebook.yaml", ("ends", index)
        if end.staff_kind not in head.scope.staff_kind:
            what = f"it ends for {end.staff_kind!r}, for whom it never was"
            yield found(book, file, path, "bad-validity", what, did_you_mean(end.staff_kind, head.scope.staff_kind))
        if (head.valid_from and end.on <= head.valid_from) or (head.valid_to and end.on > head.valid_to):
            what = f"for {end.staff_kind} it ends on {end.on}, outside its validity"
            yield found(book, file, path, "bad-validity", what, "mend the day")
    if head.clock not in book.clocks:
        yield found(
            book,
            "rulebook.yaml",
            ("clock",),
            "unknown-name",
            f"there is no clock {head.clock!r}",
            did_you_mean(head.clock, book.clocks),
        )
