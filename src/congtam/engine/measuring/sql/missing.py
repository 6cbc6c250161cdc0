"""Which columns can make an expression missing, so that nothing is asked that cannot be.

A measure that looks only at rows with a deadline need not ask again whether the deadline is missing. What is found is
never too little: an expression is missing only where one of its columns is.
"""

from collections.abc import Callable

from congtam.engine.expressions.nodes import (
    Arithmetic,
    Both,
    Column,
    Compare,
    Conditional,
    Extreme,
    Faults,
    First,
    Known,
    Literal,
    Minutes,
    Negate,
    Node,
    Not,
    OneOf,
    Parameter,
    children,
)

Names = frozenset[str]
NONE: Names = frozenset()
UNBOUND = "?"  # stands for a parameter that has no value


class Missing:
    """What may be missing under one measure: `column` says whether a column may be, `bound` whether a parameter has a
    value."""

    def __init__(self, column: Callable[[str], bool], bound: Callable[[str], bool]):
        self._column, self._bound = column, bound

    def of(self, node: Node, given: Names = NONE) -> Names:
        """The columns that can make `node` missing, where those `given` are there."""
        match node:
            case Literal() | Known() | Faults():
                return NONE
            case Parameter(name=name):
                return NONE if self._bound(name) else frozenset((UNBOUND,))
            case Column(name=name):
                return frozenset((name,)) if self._column(name) and name not in given else NONE
            case First(operands):
                each = [self.of(one, given) for one in operands]
                return NONE if NONE in each else NONE.union(*each)
            case Both("and", operands):
                found = NONE
                for one in operands:
                    found |= self.of(one, given)
                    given |= there_if_true(one)
                return found
            case Conditional(test, then, otherwise):
                chosen = self.of(then, given | there_if_true(test)) | self.of(otherwise, given)
                return self.of(test, given) | chosen
        return NONE.union(*(self.of(child, given) for child in children(node)))


def there_if_true(node: Node) -> Names:
    """Columns that are surely there in rows for which a condition holds."""
    match node:
        case Known(Column(name=name)):
            return frozenset((name,))
        case Both("and", operands):
            return NONE.union(*(there_if_true(one) for one in operands))
    return needed(node)


def needed(node: Node) -> Names:
    """Columns without which an expression is missing."""
    match node:
        case Column(name=name):
            return frozenset((name,))
        case Arithmetic() | Compare() | Extreme() | Negate() | Not() | OneOf() | Minutes():
            return NONE.union(*(needed(child) for child in children(node)))
    return NONE
