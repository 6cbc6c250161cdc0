"""What readers of files say of a mapping that cannot be used, in English and in Vietnamese; ‹…› is a value."""

_ALSO = "Nếu là một trong các cột đó, ghi ở mục source của bảng ánh xạ: also: {‹name›: […]}."
SHAPE: dict[str, str] = {  # how a mapping is written
    "this is not YAML: ‹exactly›": "Bảng ánh xạ viết sai quy cách YAML (‹exactly›).",
    "mend the line": "Xem lại dấu hai chấm và khoảng thụt đầu dòng ở dòng đó.",
    "mend the file": "Bỏ ký tự lạ trong bảng ánh xạ rồi thử lại.",
    "the key ‹key› stands twice in one block (first on line ‹line›)": (
        "Mục ‹key› viết hai lần trong một khối (lần đầu ở dòng ‹line›)."
    ),
    "keep one of them": "Giữ lại một.",
    "‹what› must be a block of keys": "‹what›: phải là một khối gồm nhiều mục.",
    "known keys: ‹names›": "Các mục dùng được: ‹names›.",
    "‹what› has no key ‹key›": "‹what›: không có mục ‹key›.",
    "‹what› needs the key ‹key›": "‹what›: thiếu mục ‹key›.",
    "add ‹key›: …": "Thêm ‹key›: …",
    "‹name› is None": "Mục ‹name› của bảng ánh xạ để trống.",
    "‹what› must be a text or a list of texts": "‹what›: phải là một chữ hoặc một danh sách chữ.",
    "write it so": "Viết lại theo dạng đó, ví dụ [một, hai].",
    "‹what› must name a column or attribute": "‹what›: phải là tên một cột hoặc một thuộc tính.",
    "write the name of a column or attribute, such as case.deadline": (
        "Viết đúng tên cột trong tệp, hoặc thuộc tính như case.deadline."
    ),
    "‹what› must name columns with their values": "‹what›: phải nêu cột kèm các giá trị của cột.",
    "write {column: [value, value]} or {column: filled}": "Viết {cột: [giá trị, giá trị]} hoặc {cột: filled}.",
    "codes must be a block": "Mục codes phải là một khối.",
    "write {value in the file: code}": "Viết {giá trị trong tệp: mã}.",
    "source.also must name columns with their other names": "Mục source.also phải nêu cột kèm các tên khác của cột.",
    "write {name in this mapping: [other name, other name]}": "Viết {tên trong bảng này: [tên khác, tên khác]}.",
    "source.‹name› is ‹value›, not one name": "Mục source.‹name› ghi ‹value›, không phải một tên.",
    "write it like sheet: Quý I, or number: STT": "Viết như sheet: Quý I, hoặc number: STT.",
    "source.‹name› names ‹value›, which the mapping does not read": (
        "Mục source.‹name› nêu ‹value›, nhưng bảng ánh xạ không đọc cột này."
    ),
}
WORDS: dict[str, str] = {  # words and values in it that cannot be
    "a value comes either from a column or is always the same": (
        "Một giá trị hoặc lấy từ cột, hoặc luôn như nhau; không thể cả hai, cũng không thể thiếu cả hai."
    ),
    "write {from: column} or {always: text}": "Viết {from: cột} hoặc {always: giá trị}.",
    "‹name› is no special name": "‹name› không phải tên đặc biệt.",
    "people and official both say who does the work": "Cả people và official đều nói ai làm việc này.",
    "keep people where a cell names several, official where it holds the code of one": (
        "Giữ people nếu một ô có nhiều tên; giữ official nếu ô chỉ có mã của một người."
    ),
    "people needs the key 'from' or 'lead'": "Mục people thiếu from hoặc lead.",
    "name the column with the names": "Ghi tên cột chứa họ tên.",
    "the mapping reads names of people, but no table gives their codes": (
        "Bảng ánh xạ đọc họ tên, nhưng chưa có danh sách cán bộ để tra mã."
    ),
    "say --people FILE, or people: {table: FILE} in the mapping; FILE is ‹shape›": (
        "Nhập cán bộ ở trang Nhân sự và tổ chức, hoặc nêu danh sách (‹shape›)."
    ),
    "‹name› is no time zone": "‹name› không phải tên múi giờ.",
    "write a zone of the IANA list, such as Asia/Ho_Chi_Minh or Europe/Amsterdam": (
        "Viết tên múi giờ quốc tế, ví dụ Asia/Ho_Chi_Minh."
    ),
    "the format ‹format› cannot be used: ‹why›": "Cách viết ngày ‹format› không dùng được: ‹why›.",
    "try ‹examples›": "Thử một trong: ‹examples›.",
    "‹letters› is no part of a date; write it like ‹examples›": (
        "‹letters› không phải phần nào của ngày (mẫu: ‹examples›)"
    ),
    "a part stands in it twice (MM is the month, mm the minute)": "có phần viết hai lần (MM là tháng, mm là phút)",
    "‹parts› is missing; write it like ‹examples›": "thiếu ‹parts› (mẫu: ‹examples›)",
    "‹value› is no time of day": "‹value› không phải giờ trong ngày.",
    'write it like "17:00"': 'Viết như "17:00".',
    "there is no origin ‹name›": "Không có nguồn gốc công việc ‹name›.",
    "write a number such as 2 or 1.5, with a point": "Viết số như 2 hoặc 1.5, dùng dấu chấm.",
    "‹name› is no kind of work that Công Tâm knows; it is kept as it is": (
        "Công Tâm chưa biết loại công việc ‹name›; vẫn giữ nguyên như đã ghi."
    ),
    "‹value› is no delimiter": "‹value› không dùng làm dấu ngăn cột được.",
    'write ",", ";", "|" or tab': 'Viết ",", ";", "|" hoặc tab.',
    "‹name› is no text encoding": "‹name› không phải tên bảng mã chữ.",
    "write utf-8, utf-16, cp1258, cp1252 or latin-1": "Viết utf-8, utf-16, cp1258, cp1252 hoặc latin-1.",
    "header is ‹value›, not one row or up to ‹most› in a row": (
        "Mục header ghi ‹value›; tiêu đề phải là một dòng, hoặc nhiều nhất ‹most› dòng liền nhau."
    ),
    "write the row numbers at the left edge, such as header: 5, or header: [5, 6]": (
        "Ghi số dòng ở mép trái bảng tính, ví dụ header: 5, hoặc header: [5, 6]."
    ),
    "delete ‹key›; known keys: ‹names›": "Xóa mục ‹key›. Các mục dùng được: ‹names›.",
    "a CSV file has a header in its first line, and one table: ‹key› has no meaning": (
        "Tệp CSV có tiêu đề ở dòng đầu và chỉ một bảng, nên mục ‹key› không có tác dụng."
    ),
    "an XES log says itself how it is written: ‹key› has no meaning": (
        "Nhật ký XES tự nói cách viết của mình, nên mục ‹key› không có tác dụng."
    ),
    "a workbook says itself how its cells are written: ‹key› has no meaning": (
        "Bảng tính tự nói cách viết từng ô, nên mục ‹key› không có tác dụng."
    ),
    "a Parquet file says itself how it is written: ‹key› has no meaning": (
        "Tệp Parquet tự nói cách viết của mình, nên mục ‹key› không có tác dụng."
    ),
}
LOGS: dict[str, str] = {  # cases and their events, clocks
    "‹name›: an item is a case here, and a case has many events": (
        "‹name›: ở đây mỗi công việc là một hồ sơ, mà một hồ sơ có nhiều sự kiện."
    ),
    "write {earliest: event.…} or {latest: event.…} for an instant, or use an attribute of the case": (
        "Với thời điểm, viết {earliest: event.…} hoặc {latest: event.…}; hoặc dùng thuộc tính của hồ sơ."
    ),
    "‹take› looks through a case, but an item is an event": (
        "‹take› tìm trong cả hồ sơ, nhưng ở đây mỗi công việc là một sự kiện."
    ),
    "name the attribute itself": "Ghi thẳng tên thuộc tính.",
    "steps are the events of a case, but an item is an event": (
        "Mục steps là các sự kiện của hồ sơ, nhưng ở đây mỗi công việc là một sự kiện."
    ),
    "delete steps": "Xóa mục steps.",
    "no ‹level› has the attribute ‹name›": "Không có ‹level› nào mang thuộc tính ‹name›.",
    "there is no calendar ‹name›": "Không có lịch làm việc ‹name›.",
    "write vn/national/calendar, or the path of a calendar, seen from the mapping": (
        "Viết vn/national/calendar (lịch làm việc chung của cả nước)."
    ),
    "clock ‹id›: ‹name› cannot be ‹value›": "Đồng hồ thời hạn (‹id›): mục ‹name› không thể là ‹value›.",
    "write a whole number from 0 to ‹most›": "Viết số nguyên từ 0 đến ‹most›.",
}
COLUMNS: dict[str, str] = {  # columns it names that a file lacks
    "there is no column ‹name› in ‹file›": "Tệp ‹file› không có cột ‹name› mà bảng ánh xạ nêu.",
    "did you mean ‹one›? known: ‹names›; if it is one of these, say so under source: also: {‹name›: […]}": (
        f"Có phải ‹one›? Dùng được: ‹names›. {_ALSO}"
    ),
    "known: ‹names›; if it is one of these, say so under source: also: {‹name›: […]}": f"Dùng được: ‹names›. {_ALSO}",
    "is the delimiter really ‹mark›? ‹known›": "Dấu ngăn cột có đúng là ‹mark› không? ‹known›",
    "the column ‹name› stands twice in ‹file›": "Cột ‹name› có hai lần trong tệp ‹file›.",
    "rename one of the two columns in the file": "Đổi tên một trong hai cột trong tệp.",
    "it has no column ‹names›; what is not there counts as blank": (
        "Tệp không có cột ‹names›; những gì không có được coi là để trống."
    ),
    "nothing to do if the office keeps none; else add its own name for it to also, under source": (
        "Không cần làm gì nếu đơn vị không theo dõi cột này. Nếu có dưới tên khác, ghi tên đó vào source.also."
    ),
}
