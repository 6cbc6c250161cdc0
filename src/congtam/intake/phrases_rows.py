"""What readers of files say of single rows, and of values in them, in English and in Vietnamese; ‹…› is a value."""

_NAME_OR_ADD = "Ghi mã thay cho tên trong ô, hoặc thêm người này ở trang Nhân sự và tổ chức."
_COMMA = 'where the file writes a comma, say numbers: {decimal: ","} in the mapping'

ROWS: dict[str, str] = {
    # keys and dates
    "the key is blank": "Ô mã để trống.",
    "fill it in; an item needs a code of its own": "Điền mã, mỗi công việc một mã riêng.",
    "fill in the case it belongs to": "Điền mã hồ sơ mà dòng này thuộc về.",
    "the key ‹key› stood already in an earlier row": "Mã ‹key› đã có ở một dòng trước.",
    "keep one of the rows, or add to the key": (
        "Giữ một dòng. Nếu là hai công việc khác nhau, ghép thêm cột vào mã trong bảng ánh xạ."
    ),
    "received is blank": "Ô thời điểm tiếp nhận để trống.",
    "fill in when the work came in": "Điền ngày giờ tiếp nhận.",
    "‹what› is ‹value›, which is no date as the mapping writes them (‹formats›)": (
        "Mục ‹what› ghi ‹value›, không đọc được thành ngày theo cách viết trong bảng ánh xạ (‹formats›)."
    ),
    "mend the date, or add its format under time.formats": (
        "Sửa ngày trong ô, hoặc thêm cách viết này vào mục time.formats của bảng ánh xạ."
    ),
    "it was finished (‹end›) before it was received (‹start›)": (
        "Thời điểm xong (‹end›) đứng trước thời điểm tiếp nhận (‹start›)."
    ),
    "mend the wrong one of the two dates": "Đối chiếu hai ngày với hồ sơ rồi sửa ngày sai.",
    # codes and numbers
    "‹what› is ‹value›, which has no code in the mapping": (
        "Mục ‹what› ghi ‹value›, bảng ánh xạ chưa có mã cho giá trị này."
    ),
    "add it to codes; ‹known›": "Thêm giá trị này vào mục codes của bảng ánh xạ, hoặc sửa ô. ‹known›",
    "‹what› is ‹quoted›": "Mục ‹what› ghi ‹quoted›, không dùng được.",
    "the budget is ‹value›": "Thời hạn được giao ghi ‹value›, không phải số nguyên.",
    "write a whole number of ‹what›": "Ghi một số nguyên (‹what›).",
    "write a number such as 2 or 1.5": "Viết số như 2 hoặc 1.5.",
    f"write a number such as 2 or 1.5; {_COMMA}": (
        'Viết số như 2 hoặc 1.5. Nếu tệp dùng dấu phẩy thập phân, ghi numbers: {decimal: ","} trong bảng ánh xạ.'
    ),
    'write a number such as 2 or 1,5, as the mapping says numbers: {decimal: ","}': (
        'Viết số như 2 hoặc 1,5, vì bảng ánh xạ ghi numbers: {decimal: ","}.'
    ),
    # several rows of one case
    "the rows of the case disagree on ‹name›: ‹one› and ‹other›": (
        "Các dòng của cùng một hồ sơ ghi khác nhau ở cột ‹name›: ‹one› và ‹other›."
    ),
    "make them agree, or map the column per event": "Sửa cho khớp, hoặc ánh xạ cột này theo từng sự kiện.",
    # how a row is written
    "the row has ‹n› cells, the header has ‹width›": "Dòng có ‹n› ô, tiêu đề có ‹width› cột.",
    "add what is missing, or quote the cell that holds a delimiter": (
        "Thêm ô còn thiếu, hoặc đặt trong ngoặc kép ô có chứa dấu ngăn cột."
    ),
    "the row holds a NUL byte": "Dòng có ký tự NUL (không nhìn thấy được).",
    "export the row again, or delete the byte": "Xuất lại dòng này từ phần mềm nguồn, hoặc xóa ký tự đó.",
    "the row is not ‹encoding›": "Dòng không viết bằng bảng mã ‹encoding›.",
    "write the row again in the file's encoding": "Gõ lại dòng này, hoặc lưu cả tệp bằng một bảng mã (nên dùng UTF-8).",
    "a quote is not closed, or stands where it may not (‹exactly›)": (
        "Dấu ngoặc kép chưa đóng hoặc đặt sai chỗ (‹exactly›)."
    ),
    'close or double the quotes ("") in this row': (
        'Đóng dấu ngoặc kép. Nếu dấu ấy thuộc nội dung ô, viết hai lần ("").'
    ),
    "‹name› (‹cell›) holds the error ‹error›": "Cột ‹name› (ô ‹cell›) báo lỗi ‹error›.",
    "mend the formula, or write the value itself": "Sửa công thức, hoặc gõ thẳng giá trị.",
    "‹name› (‹cell›) is a formula whose value was never computed": (
        "Cột ‹name› (ô ‹cell›) là công thức chưa được tính ra giá trị."
    ),
    "open the workbook in a spreadsheet program and save it": "Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại.",
    # people
    "‹who› are both said to lead": "‹who› cùng được ghi là chủ trì.",
    "one official leads a piece of work: mark the others (phối hợp)": (
        "Mỗi công việc chỉ một người chủ trì: ghi (phối hợp) sau tên những người khác."
    ),
    "‹who› support it, but nobody leads it": "‹who› phối hợp, nhưng chưa ghi ai chủ trì.",
    "name who leads it: (chủ trì)": "Ghi (chủ trì) sau tên người chủ trì.",
    "‹n› people bear the name ‹name›: ‹who›": "Có ‹n› người cùng tên ‹name›: ‹who›.",
    "write the code in the cell in place of the name, such as ‹code›, or fill in the unit of the row": (
        "Ghi mã thay cho tên trong ô, ví dụ ‹code›, hoặc điền đơn vị của dòng."
    ),
    "nobody in the table of people bears the name ‹name›": "Danh sách cán bộ không có ai tên ‹name›.",
    "write the code in the cell in place of the name, or add the person to the table": _NAME_OR_ADD,
    "did you mean ‹who›? write the code in the cell in place of the name, or add the person to the table": (
        f"Có phải ‹who›? {_NAME_OR_ADD}"
    ),
}
VALUES: dict[str, str] = {  # why a value cannot be read
    "known: none": "Chưa có gì để chọn.",
    "known: ‹names›": "Dùng được: ‹names›.",
    "did you mean ‹name›? known: ‹names›": "Có phải ‹name›? Dùng được: ‹names›.",
    "an instant is written like 2026-11-05T09:30:00+07:00": "thời điểm viết như 2026-11-05T09:30:00+07:00",
    "an instant needs its offset, such as +07:00 or Z": "thời điểm phải kèm múi giờ, ví dụ +07:00 hoặc Z",
    "there is no such instant in UTC": "không có thời điểm này theo giờ UTC",
    "a day is written like 2026-11-05": "ngày viết như 2026-11-05",
    "a number is written like 12 or 12.5": "số viết như 12 hoặc 12.5",
    "at most ‹n› decimal places are kept": "chỉ giữ nhiều nhất ‹n› chữ số thập phân",
    "the number is too large": "số quá lớn",
    "it must be true or false": "phải là true hoặc false",
    "it is not JSON (‹exactly›)": "không phải JSON (‹exactly›)",
    "it is nested too deeply": "lồng nhau quá sâu",
    "it must be a JSON object": "phải là một đối tượng JSON",
    "it must be a whole number": "phải là số nguyên",
    "there is no such attribute here; ‹known›": "ở đây không có thuộc tính này. ‹known›",
    "it is ‹value›; ‹known›": "ghi là ‹value›. ‹known›",
    "‹value› is out of range": "‹value› nằm ngoài khoảng cho phép",
    "‹name› could not be read: ‹why›": "‹name› không đọc được: ‹why›",
    "‹name› is longer than ‹most›": "‹name› dài quá ‹most› ký tự",
    "coefficient is larger than 10000": "coefficient lớn hơn 10000",
    "a mark is a number from 1 to 5": "điểm chấm là số từ 1 đến 5",
    "a fault is one of: ‹names›": "lỗi là một trong: ‹names›",
    "it names itself": "công việc tự nhắc đến chính nó",
    "the hour before AM or PM is 1 to 12": "giờ trước AM hoặc PM là 1 đến 12",
    "the mark is a comma": "dấu thập phân là dấu phẩy",
    "‹name›: Field required": "thiếu mục ‹name›",
    "‹name›: Extra inputs are not permitted": "có mục lạ ‹name›",
    "‹name›: Input should be a valid string": "mục ‹name› phải là chữ",
    "‹name›: Input should be a valid integer": "mục ‹name› phải là số nguyên",
    "‹name›: Input should be a valid boolean": "mục ‹name› phải là true hoặc false",
    "‹name›: Input should be a valid list": "mục ‹name› phải là một danh sách",
    "‹name›: Input should be a valid dictionary": "mục ‹name› phải là một đối tượng",
    "‹name›: Input should have timezone info": "thời điểm ở mục ‹name› phải kèm múi giờ, ví dụ +07:00 hoặc Z",
    "‹name›: Input should be a valid datetime‹exactly›": "mục ‹name› không phải thời điểm (‹exactly›)",
    "Happening.__init__() got an unexpected keyword argument ‹name›": "sự kiện có mục lạ ‹name›",
    "Happening.__init__() missing 1 required positional argument: ‹name›": "sự kiện thiếu mục ‹name›",
}
NAMES: dict[str, str] = {  # what parts of a mapping are called; units of a budget
    "the mapping": "bảng ánh xạ",
    "key": "mã",
    "received": "thời điểm tiếp nhận",
    "finished": "thời điểm xong",
    "due": "hạn",
    "recorded_at": "lúc ghi nhận",
    "steps.at": "thời điểm của bước",
    "official": "cán bộ",
    "unit_name": "tên đơn vị",
    "due.clock.budget": "thời hạn được giao",
    "hours": "giờ",
    "working_days": "ngày làm việc",
    "calendar_days": "ngày theo lịch",
    "months": "tháng",
    "coefficient": "hệ số quy đổi",
    "channel": "kênh",
    "kind": "loại công việc",
    "origin": "nguồn gốc công việc",
    "unit": "đơn vị",
    "agency": "cơ quan",
    "title": "trích yếu",
    "symbol": "số, ký hiệu",
    "phone": "số điện thoại",
    "time_limit": "thời hạn được giao (time_limit)",
    "procedure": "thủ tục",
    "catalogue": "sản phẩm",
    "source": "nguồn dữ liệu",
    "clock": "đồng hồ thời hạn",
}
