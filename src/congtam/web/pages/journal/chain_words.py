"""What a check of the audit's chain found, in words for people who are no engineers."""

from congtam.audit.verify import Verdict
from congtam.web.words import both

WHAT = {
    "batch-missing": both("thiếu một lô", "a batch is missing"),
    "batch-unchained": both("một lô không nối vào lô trước", "a batch does not continue the one before"),
    "batch-changed": both("một lô đã bị sửa", "a batch was changed"),
    "batch-cut": both("phần cuối chuỗi đã bị cắt", "the end of the chain was cut"),
    "batch-rewritten": both("một lô đã bị viết lại", "a batch was written anew"),
    "entry-inserted": both("một dòng bị chèn vào sau khi đã khóa", "an entry was inserted after its batch was closed"),
    "entry-changed": both("một dòng bị sửa sau khi đã khóa", "an entry was changed after its batch was closed"),
    "entry-missing": both("mất một dòng", "an entry is missing"),
    "text-changed": both("phần lời của một dòng bị sửa", "the text of an entry was changed"),
    "text-missing": both("mất phần lời của một dòng", "the text of an entry is lost"),
}


def in_words(verdict: Verdict) -> list[tuple[str, str]]:
    """Each finding: what it is, and where it was found as the check says it."""
    return [(str(WHAT.get(one.code, one.code)), one.message) for one in verdict.findings]
