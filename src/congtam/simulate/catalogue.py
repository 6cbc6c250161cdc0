"""A small made catalogue of products: what kind of work, how much it weighs, how long it may take.

Invented for samples; a real catalogue is decided by each agency. `mix` of a field of work says how often each kind
comes.
"""

from dataclasses import dataclass
from random import Random

KINDS = ("task", "document", "dossier", "exchange", "report", "operation", "initiative")
DEFAULT_MIX = (34, 28, 5, 8, 10, 13, 2)
MIXES: dict[str, tuple[int, ...]] = {
    "SKHCN": (60, 25, 0, 0, 14, 0, 1),
    "VP": (28, 42, 0, 10, 12, 6, 2),
    "TDC": (22, 20, 28, 8, 8, 13, 1),
    "QLCN": (26, 22, 24, 8, 9, 8, 3),
    "BCVT": (26, 24, 20, 9, 9, 11, 1),
    "TTCNTT": (26, 14, 0, 10, 8, 40, 2),
    "TTUD": (28, 14, 4, 6, 10, 36, 2),
}


@dataclass(frozen=True)
class Product:
    """One product: its code, kind, coefficient as written in a file, and working days from receipt to deadline."""

    code: str
    kind: str
    coefficient: str
    least: int
    most: int


CATALOGUE: tuple[Product, ...] = (
    Product("SP-01", "task", "1", 4, 6),
    Product("SP-02", "task", "1.5", 5, 8),
    Product("SP-03", "task", "2.5", 7, 10),
    Product("SP-11", "document", "0.5", 2, 3),
    Product("SP-12", "document", "1", 2, 4),
    Product("SP-13", "document", "2", 3, 5),
    Product("SP-21", "dossier", "1", 5, 8),
    Product("SP-22", "dossier", "2", 8, 12),
    Product("SP-31", "exchange", "0.5", 1, 2),
    Product("SP-32", "exchange", "0.75", 2, 3),
    Product("SP-41", "report", "1", 3, 4),
    Product("SP-42", "report", "1.25", 4, 6),
    Product("SP-43", "report", "3", 5, 8),
    Product("SP-51", "operation", "0.75", 2, 4),
    Product("SP-52", "operation", "1.5", 3, 6),
    Product("SP-61", "initiative", "3", 12, 18),
)
_OF_KIND = {kind: tuple(product for product in CATALOGUE if product.kind == kind) for kind in KINDS}


def product(rng: Random, field: str) -> Product:
    """A product as it comes in a field of work."""
    kind = rng.choices(KINDS, MIXES.get(field, DEFAULT_MIX))[0]
    return rng.choice(_OF_KIND[kind])
