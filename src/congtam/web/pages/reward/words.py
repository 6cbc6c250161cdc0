"""What kinds of rows, states and purses are called."""

from congtam.engine.rulebook.model import Text

PURSES = {
    "bonus": Text(vi="Quỹ tiền thưởng", en="Bonus fund"),
    "extra_income": Text(vi="Thu nhập tăng thêm", en="Extra income"),
}
KINDS = {
    "in": Text(vi="tiền vào quỹ", en="money in"),
    "reserved": Text(vi="giữ để chi danh sách", en="reserved for a list"),
    "released": Text(vi="thôi giữ", en="released"),
    "paid": Text(vi="đã chi", en="paid"),
    "given_back": Text(vi="thu lại", en="given back"),
    "lost": Text(vi="mất hạn", en="lost"),
}
ENTRY = {
    "proposed": ("wait", Text(vi="chờ ký", en="to be signed")),
    "signed": ("ok", Text(vi="đã ký", en="signed")),
    "refused": ("none", Text(vi="không ký", en="refused")),
}
LIST = {
    "waiting": ("wait", Text(vi="chờ duyệt", en="to be approved")),
    "approved": ("info", Text(vi="đã duyệt, chưa chi", en="approved, not paid")),
    "paying": ("wait", Text(vi="đã ghi chi, chờ ký", en="payment to be signed")),
    "paid": ("ok", Text(vi="đã chi", en="paid")),
    "fallen": ("none", Text(vi="đã hủy", en="withdrawn")),
}
PROPOSAL = {
    "proposed": ("wait", Text(vi="chờ quyết định", en="to be decided")),
    "approved": ("ok", Text(vi="được duyệt", en="approved")),
    "refused": ("none", Text(vi="không duyệt", en="not approved")),
}
CERTAINTY = {
    "verified": Text(vi="đã đối chiếu văn bản", en="verified"),
    "reported": Text(vi="theo nguồn tin, chưa đối chiếu toàn văn", en="reported"),
    "unverified": Text(vi="CHƯA KIỂM CHỨNG", en="UNVERIFIED"),
}
