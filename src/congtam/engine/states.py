"""The states of a value: a value (zero is one), not applicable, missing and excused are never mixed."""

from enum import StrEnum


class State(StrEnum):
    """Why a figure is there, or why it is not.

    VALUE: there is a figure, and zero is one of them.
    NOT_APPLICABLE: nothing of the kind arose (không phát sinh).
    MISSING: it should be there and is not (chưa có số liệu).
    EXCUSED: a named person decided that it does not count (được miễn trừ).
    """

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    EXCUSED = "excused"
