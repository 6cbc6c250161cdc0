"""What was done to rules adopted and changed."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "registry.add_card": Text(vi="đưa bảng điểm vào áp dụng", en="put a scorecard in force"),
    "registry.adopt": Text(vi="đề nghị áp dụng bộ quy tắc", en="proposed to adopt a rulebook"),
    "registry.approve_copy": Text(vi="duyệt bộ quy tắc", en="approved a rulebook"),
    "registry.approve_draft": Text(vi="duyệt thay đổi quy tắc", en="approved a change of rules"),
    "registry.end_card": Text(vi="thôi áp dụng bảng điểm", en="ended a scorecard"),
    "registry.list_products": Text(vi="đề nghị đổi danh mục sản phẩm", en="proposed another catalogue of products"),
    "registry.export": Text(vi="tải danh mục sản phẩm, bằng tài khoản", en="exported a catalogue, with the account"),
    "registry.propose": Text(vi="đề nghị thay đổi quy tắc", en="proposed a change of rules"),
    "registry.refuse": Text(vi="không chấp thuận đề nghị về quy tắc", en="refused a proposal about rules"),
    "registry.set_choice": Text(vi="đặt lựa chọn của cơ quan", en="set a choice of the site"),
    "registry.withdraw": Text(vi="rút đề nghị về quy tắc", en="withdrew a proposal about rules"),
}
