"""A unit cut into what stands directly under it, as the tree stood on a day."""

from collections.abc import Sequence

from congtam.orgs.queries import Branch


def sections_of(tree: Sequence[Branch], top: int) -> dict[int, int]:
    """Each unit under `top` on the tree's day, with the unit directly under `top` to which it belongs; `top` itself
    belongs to itself. Empty when there was no such unit on that day."""
    place = next((place for place, branch in enumerate(tree) if branch.unit == top), None)
    if place is None:
        return {}
    found, depth, section = {top: top}, tree[place].depth, top
    for branch in tree[place + 1 :]:
        if branch.depth <= depth:
            break
        if branch.depth == depth + 1:
            section = branch.unit
        found[branch.unit] = section
    return found
