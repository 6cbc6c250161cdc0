"""What the page of verification says."""

from congtam.engine.rulebook.model import Text

KINDS = {
    "decision": Text(vi="Quyết định công nhận kết quả", en="Decision on results"),
    "unit_results": Text(vi="Danh sách kết quả của đơn vị", en="Results of a unit"),
    "minutes": Text(vi="Biên bản họp xét", en="Minutes of a meeting"),
    "slip": Text(vi="Phiếu đánh giá của một người", en="Slip of one person"),
    "bonus": Text(vi="Danh sách chi", en="List of payments"),
    "year": Text(vi="Phiếu xếp loại năm của một người", en="Yearly form of one person"),
}
VERDICTS = {
    "same": Text(
        vi="Đúng là văn bản do cơ quan lập trên hệ thống này, giống bản lưu đến từng byte.",
        en="This is a paper of the agency, the same as we keep it to the last byte.",
    ),
    "added": Text(
        vi="Đúng là văn bản do cơ quan lập và ký trên hệ thống này, nội dung không đổi; sau đó chỉ có thêm chữ ký.",
        en="This is a paper of the agency as it was signed; only signatures were added since.",
    ),
    "changed": Text(
        vi="Tệp nhận là văn bản này nhưng KHÔNG giống bản lưu: đã bị sửa sau khi lập hoặc ký. Đừng dùng tệp này; hãy "
        "xin bản đúng từ cơ quan lập văn bản.",
        en="The file claims to be this paper but is NOT as we keep it: it was changed after it was made or signed. Do "
        "not use it; ask the agency for the right one.",
    ),
    "foreign": Text(
        vi="Không phải văn bản do hệ thống này lập, hoặc đã bị sửa đến mức không nhận ra. Hãy hỏi cơ quan ghi trên văn "
        "bản.",
        en="This is no paper of this system, or it was changed beyond knowing it. Ask the agency named in it.",
    ),
}
BADGES = {"same": "ok", "added": "ok", "changed": "late", "foreign": "none"}
SHORT = {
    "same": Text(vi="Nguyên vẹn", en="Unchanged"),
    "added": Text(vi="Nguyên vẹn", en="Unchanged"),
    "changed": Text(vi="Đã bị sửa", en="Changed"),
    "foreign": Text(vi="Không phải của hệ thống này", en="Not ours"),
}
LATER = Text(
    vi="Đã có bản mới hơn của văn bản này (được ký sau). Hãy dùng bản đó.",
    en="There is a later version of this paper (signed after). Use that one.",
)
UNSIGNED = Text(vi="Bản này chưa ký số nên chưa có giá trị.", en="This version is not signed, so it is not yet valid.")
