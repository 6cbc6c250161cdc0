"""Whether a text mentions somebody: what they are called, standing alone and not as the beginning or end of another
word (An is not Anh)."""

import re
from collections.abc import Iterable

_IN_A_WORD = r"[0-9A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u0300-\u036F\u1E00-\u1EFF]"
_ESCAPED = r"\\[bfnrt]"  # a break of lines as JSON writes it ends with a letter, and is none


def mentioning(words: Iterable[str]) -> str:
    """A regular expression of PostgreSQL for any of some words, with no letter, digit or combining mark right before or
    after; also in the text of JSON. Matches nothing where there are no words."""
    any_of = "|".join(map(re.escape, words))
    return rf"(?:(?<!{_IN_A_WORD})|(?<={_ESCAPED}))(?:{any_of})(?!{_IN_A_WORD})" if any_of else "(?!)"
