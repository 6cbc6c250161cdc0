"""What was done to sources of data."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "sources.add_datum": Text(vi="ghi loại số liệu", en="set the kind of data"),
    "sources.add_source": Text(vi="thêm nguồn dữ liệu", en="added the source"),
    "sources.change_source": Text(vi="sửa thông tin nguồn dữ liệu", en="changed the source"),
    "sources.keep_mapping": Text(vi="giữ bảng ánh xạ của nguồn", en="kept a mapping of the source"),
    "sources.make_token": Text(vi="cấp mã truy cập cho nguồn", en="made a token for the source"),
    "sources.own_count": Text(vi="ghi số đếm của nguồn", en="recorded the own count of the source"),
    "sources.revoke_token": Text(vi="thu hồi mã truy cập của nguồn", en="revoked a token of the source"),
    "sources.set_authority": Text(vi="đổi nguồn chính thức của số liệu", en="changed the authoritative source of"),
}
