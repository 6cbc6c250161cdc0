"""What is said of a seal: why it cannot be read, what in it is not as it was sealed, what to do next."""

from congtam.engine.rulebook.model import Text

# why it is refused
EMPTY = Text(vi="Tệp rỗng, không có gì để kiểm chứng.", en="The file is empty: there is nothing to verify.")
NO_SEAL = Text(
    vi="Đây không phải bản chốt: bản chốt là tệp .seal do hệ thống xuất ra.",
    en="This is no seal: a seal is a .seal file that the system wrote.",
)
CUT_OFF = Text(
    vi="Bản chốt không đọc được: tệp bị cắt cụt khi chép hoặc tải, hoặc phần vỏ của tệp đã bị sửa.",
    en="The seal cannot be read: the file was cut off when copied or loaded, or what wraps it was changed.",
)
TOO_LARGE = Text(
    vi="Tệp mở ra lớn hơn 4 GB nên không phải bản chốt.", en="The file unpacks to more than 4 GiB, so it is no seal."
)
MEMBER_BROKEN = Text(
    vi="Phần {name} của bản chốt đã bị sửa nên không mở ra được.",
    en="What the seal holds as {name} was changed, so that it cannot be unpacked.",
)
MANIFEST_BROKEN = Text(
    vi="Phần đầu của bản chốt (manifest.json) không còn như khi được ghi, nên không biết bản chốt gồm những gì.",
    en="The head of the seal (manifest.json) is not as it was written, so nothing tells what the seal is made of.",
)
STRANGE = Text(
    vi="Tệp có thêm phần {name} mà phần đầu của bản chốt không kể đến.",
    en="The file also holds {name}, which the head of the seal does not name.",
)
PART_MISSING = Text(
    vi="Bảng {name} của bản chốt bị thiếu hoặc không còn nguyên.", en="The table {name} of the seal is not whole."
)
ROWS_MISSING = Text(
    vi="Bảng {name} có {rows} dòng nhưng {salts} mã muối và {leaves} mã kiểm: đã bị thêm hoặc cắt bớt dòng.",
    en="The table {name} has {rows} rows, but {salts} salts and {leaves} leaves: rows were added or cut off.",
)
OTHER_FORMAT = Text(
    vi="Bản chốt ghi theo định dạng {format}; chương trình này chỉ đọc được {known}.",
    en="The seal is written in the format {format}; this program reads {known} only.",
)
ANOTHER_COPY = Text(
    vi="Hãy lấy một bản khác của bản chốt: từ bản sao lưu, hoặc xin cơ quan xuất lại (trang Chốt tháng, hoặc congtam "
    "seal export).",
    en="Take another copy of the seal: from a backup, or have the agency write it again (page Chốt tháng, or congtam "
    "seal export).",
)
NEWER_PROGRAM = Text(
    vi="Hãy cài phiên bản Công Tâm đã ghi bản chốt (hoặc mới hơn), rồi kiểm chứng lại.",
    en="Install the version of Công Tâm that wrote the seal (or a later one), then verify again.",
)

# what a finding says, and why
ROW_CHANGED = Text(
    vi="{row} không còn như lúc chốt: ít nhất một chữ hoặc số đã bị đổi, nên tệp này không chứng minh được kết quả.",
    en="{row}: not as it was sealed. At least one letter or figure was changed, so this file proves no result.",
)
LINE_CHANGED = Text(
    vi="{row}, dòng {number}{item}, không còn như lúc chốt: ít nhất một chữ hoặc số đã bị đổi, nên tệp này không chứng "
    "minh được kết quả.",
    en="{row}, line {number}{item}: not as it was sealed. At least one letter or figure was changed, so this file "
    "proves no result.",
)
OF_ITEM = Text(vi=" (công việc số {number})", en=" (item {number})")
MORE_CHANGED = Text(
    vi="Bảng {table} còn {count} dòng nữa không như lúc chốt.", en="{count} more rows of {table} are not as sealed."
)
PART_CHANGED = Text(
    vi="Mã kiểm các dòng của bảng {table} không khớp với mã ghi ở phần đầu: bảng hoặc mã của nó đã bị thay.",
    en="The leaves of the table {table} are not those that the head names: the table or they were replaced.",
)
BODY_CHANGED = Text(
    vi="Phần đầu (cơ quan, kỳ, mã của từng bảng) không phải phần đầu mà bì của bản chốt ghi: đã bị thay sau khi chốt.",
    en="The head (agency, period, the root of each table) is not the one its envelope names: it was replaced.",
)
ENVELOPE_CHANGED = Text(
    vi="Bì của bản chốt (ai chốt, lúc nào, lần thứ mấy, sau bản nào) không còn như lúc chốt.",
    en="The envelope (who sealed, when, which time, after which seal) is not as it was sealed.",
)
FILE_CHANGED = Text(
    vi="Tệp không còn đúng từng byte như khi được ghi, dù nội dung bên trong còn nguyên: đã bị sửa hoặc gói lại.",
    en="The file is not byte for byte as it was written, even where all it holds is: it was changed or wrapped anew.",
)
OTHER_BODY = Text(
    vi="Bản chốt này mang mã {digest}, không phải mã {expected} ghi trên văn bản: đây là bản chốt khác, hoặc đã bị làm "
    "lại.",
    en="This seal has the digest {digest}, not {expected} as on the document: it is another seal, or was made anew.",
)
CANNOT_RECOMPUTE = Text(
    vi="Không tính lại được từ bản chốt: {why}. Các dòng còn nguyên, nhưng kết quả chưa được chứng minh.",
    en="It cannot be computed again from the seal: {why}. The rows are whole, but the results are not proved.",
)
NOT_RECOMPUTED = Text(
    vi="{row} không ra như đã chốt khi tính lại từ chính số liệu, quy tắc và lịch trong tệp: {what}.",
    en="{row}: does not come out as sealed from the facts, rules and calendars of this very file: {what}.",
)
# the same of a site
CHAIN_BROKEN = Text(
    vi="Bản chốt liền trước không phải bản mà bì của bản chốt này ghi: chuỗi bản chốt đã bị đứt.",
    en="The seal before it is not the one its envelope names: the chain of seals is broken.",
)
SHOWN_OTHERWISE = Text(
    vi="{row} trên các trang không phải kết quả đã chốt: {what}.",
    en="{row}: pages do not show what was sealed: {what}.",
)
DATABASE_DIFFERS = Text(
    vi="{row} trong cơ sở dữ liệu không còn như lúc chốt: {what}.",
    en="{row}: the database does not say what was sealed: {what}.",
)
NOTHING_THERE = Text(
    vi="Cơ sở dữ liệu không còn gì để chốt kỳ này: {why}", en="The database has nothing to seal of it any more: {why}"
)
PAPER_CHANGED = Text(
    vi="Văn bản {code} ({form}, bản {version}, mã băm {digest}) trên máy chủ {state}.",
    en="The paper {code} ({form}, version {version}, digest {digest}) on the server {state}.",
)
PAPER_LOST = Text(vi="đã mất", en="is gone")
PAPER_OTHER = Text(
    vi="không còn đúng từng byte như lúc lưu, nên không dùng để đối chiếu được",
    en="is not byte for byte as it was kept, so it proves nothing",
)
# what to do next
ASK_AGAIN = Text(
    vi="Đừng dùng tệp này. Hãy lấy lại bản chốt từ bản sao lưu hoặc từ cơ quan rồi kiểm chứng; trên máy chủ của cơ "
    "quan, congtam verify --site cho biết số liệu gốc.",
    en="Do not use this file. Take the seal again from a backup or from the agency and verify that; on the agency's "
    "server, congtam verify --site tells what the facts are.",
)
ASK_THE_DOCUMENT = Text(
    vi="Hãy xin đúng tệp của lần chốt ghi trên văn bản, và xem văn bản có chữ ký hợp lệ không (trang Kiểm chứng văn "
    "bản).",
    en="Ask for the file of the seal that the document names, and see that the document is validly signed (page Kiểm "
    "chứng văn bản).",
)
SAME_PROGRAM = Text(
    vi="Hãy kiểm chứng bằng đúng phiên bản đã chốt (ghi trong bản chốt); nếu vẫn khác, đề nghị cơ quan giải trình.",
    en="Verify it with the version that sealed it (the seal names it); if it still differs, ask the agency to explain.",
)
RESTORE = Text(
    vi="Hãy tìm xem ai đã sửa cơ sở dữ liệu ngoài hệ thống, rồi khôi phục từ bản sao lưu trước lúc đó.",
    en="Find out who changed the database outside of the product, then restore it from a backup of before.",
)
RESTORE_FILE = Text(
    vi="Hãy khôi phục tệp từ bản sao lưu (congtam restore vào một trang khác rồi chép tệp mang mã băm này về).",
    en="Restore the file from a backup (congtam restore into another site, then copy the file of this digest back).",
)
