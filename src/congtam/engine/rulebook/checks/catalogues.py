"""Whether the catalogues of a rulebook hold together."""

from collections.abc import Iterator
from functools import partial

from congtam.engine.findings import Finding
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.catalogue import catalogue_findings, clashes
from congtam.engine.rulebook.checks.found import found


def catalogues_hold_together(book: Rulebook) -> Iterator[Finding]:
    """Rows of one product never overlap, in one catalogue or across them; under a rulebook in force, all are."""
    for name, catalogue in book.draft.catalogues.items():
        file = f"catalogues/{name}.yaml"
        if book.head.status == "in_force" and catalogue.status != "in_force":
            yield found(
                book,
                file,
                ("status",),
                "catalogue-not-in-force",
                f"{name} is {catalogue.status}, and the rulebook is in_force: its coefficients would count as law",
                "take the file out until it is issued, or say that the rulebook is a proposal too (status: proposal)",
            )
        yield from catalogue_findings(catalogue, partial(book.draft.place, file))
    for one, other in clashes(book.draft.catalogues):
        index = book.draft.catalogues[other.catalogue].products.index(other.product)
        yield found(
            book,
            f"catalogues/{other.catalogue}.yaml",
            ("products", index),
            "overlapping-products",
            f"{other.product.code} from {other.product.from_} stands in {one.catalogue} for the same days",
            "keep one of them",
        )
