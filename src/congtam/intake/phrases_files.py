"""What readers of files say of a file that cannot be read, in English and in Vietnamese; ‹…› is a value."""

_SAVE = "Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx."

LISTS: dict[str, str] = {  # any file, CSV, Parquet, logs
    "there is no file ‹path›": "Không có tệp ‹path›.",
    "there is no such file": "Không có tệp này.",
    "check the path": "Tải tệp lên lại.",
    "the file ‹path› cannot be opened (‹exactly›)": "Máy chủ không mở được tệp ‹path› (‹exactly›).",
    "name a file that you may read": "Báo quản trị hệ thống kiểm tra quyền đọc thư mục tệp.",
    "the server cannot read the file (‹exactly›)": "Máy chủ không đọc được tệp (‹exactly›). Báo quản trị hệ thống.",
    "The file cannot be read to its end; it is kept.": "Tệp không đọc được đến hết; tệp vẫn được giữ.",
    "there is no file to look at": "Chưa có tệp nào để xem.",
    "name at least one CSV, XES, XLSX or Parquet file": "Chọn ít nhất một tệp CSV, XES, XLSX hoặc Parquet.",
    "this is a workbook or a zip archive, not a text": "Tệp là bảng tính hoặc tệp nén zip, không phải tệp chữ.",
    "take a mapping for xlsx if it is a workbook, else unpack it": (
        "Nếu là bảng tính, dùng bảng ánh xạ cho xlsx; nếu là tệp nén, giải nén rồi gửi tệp bên trong."
    ),
    "the gzip file is cut off or damaged (‹exactly›)": "Tệp nén gzip hỏng hoặc bị cắt ngang (‹exactly›).",
    "fetch or copy the file again": "Lấy lại tệp từ nguồn rồi tải lên lại.",
    "the file is ‹looks›, but the mapping ‹name› says format: ‹format›": (
        "Tệp là ‹looks›, nhưng bảng ánh xạ ‹name› ghi format: ‹format›."
    ),
    "take a mapping for ‹format› (`congtam prepare ‹file› --propose` drafts one), or another file": (
        "Dùng bảng ánh xạ cho ‹format›, hoặc gửi tệp khác thay ‹file›."
    ),
    "no delimiter cuts this file into columns": "Không có dấu nào ngăn tệp này thành các cột.",
    "give a CSV or XES file": "Gửi tệp CSV có tiêu đề và dấu ngăn cột, hoặc tệp XES.",
    "the file is UTF-16, not UTF-8": "Tệp viết bằng UTF-16, không phải UTF-8.",
    "write encoding: utf-16": "Ghi encoding: utf-16 ở mục source của bảng ánh xạ.",
    "the file is not UTF-8 (byte ‹byte›)": "Tệp không viết bằng UTF-8 (byte ‹byte›).",
    "save it as UTF-8": "Lưu lại tệp theo UTF-8.",
    "the header is not CSV: ‹exactly›": "Dòng tiêu đề viết sai quy cách CSV (‹exactly›).",
    "mend the first line": "Sửa dòng đầu của tệp.",
    "the file has no header": "Tệp không có dòng tiêu đề.",
    "its first line must name the columns": "Dòng đầu của tệp phải ghi tên các cột.",
    "the header is not ‹encoding›": "Dòng tiêu đề không viết bằng bảng mã ‹encoding›.",
    "save the file as UTF-8, or name its encoding under source (such as encoding: cp1258)": (
        "Lưu tệp theo UTF-8, hoặc ghi bảng mã ở mục source của bảng ánh xạ (ví dụ encoding: cp1258)."
    ),
    "after row ‹row› the file is not ‹encoding›": "Sau dòng ‹row›, tệp không còn viết bằng bảng mã ‹encoding›.",
    "save the file as UTF-8": "Lưu cả tệp theo UTF-8 rồi tải lên lại.",
    "the column ‹name› holds ‹kind›, not one value a row": "Cột ‹name› chứa ‹kind›, không phải mỗi dòng một giá trị.",
    "write it as a column of texts, numbers or dates": "Xuất lại cột này thành chữ, số hoặc ngày.",
    "the Parquet file is cut off or damaged (‹exactly›)": "Tệp Parquet hỏng hoặc bị cắt ngang (‹exactly›).",
    "after row ‹row› the Parquet file cannot be read (‹exactly›)": (
        "Sau dòng ‹row›, tệp Parquet không đọc tiếp được (‹exactly›)."
    ),
    "the column ‹name› holds lists, structures or bytes and was left out": (
        "Cột ‹name› chứa danh sách, cấu trúc hoặc dữ liệu nhị phân nên không được đọc."
    ),
    "nothing to do, unless it matters": "Không cần làm gì, trừ khi cần đến cột này.",
    "the XML breaks here: ‹exactly›": "Nhật ký XML hỏng từ dòng này (‹exactly›).",
    "export the log again, or mend the line": "Xuất lại nhật ký, hoặc sửa dòng đó.",
    "the log declares a document type or entities": "Nhật ký khai báo kiểu tài liệu (DOCTYPE), điều không được nhận.",
    "delete the <!DOCTYPE …> block; a log needs none": "Xóa khối <!DOCTYPE …>, nhật ký không cần khối này.",
    "the first element is <‹tag›>, not <log>": "Tệp bắt đầu bằng <‹tag›>, không phải <log>.",
    "give an XES log": "Gửi nhật ký đúng chuẩn XES.",
    "a log in XML (XES)": "nhật ký XML (XES)",
    "a list (CSV) or other text": "danh sách CSV hoặc tệp chữ khác",
    "a workbook (XLSX) or a zip archive": "bảng tính XLSX hoặc tệp nén zip",
    "a Parquet file": "tệp Parquet",
}
WORKBOOKS: dict[str, str] = {
    "this is no .xlsx workbook": "Tệp không phải bảng tính .xlsx.",
    "save it as .xlsx, or take a mapping for CSV": "Lưu lại thành .xlsx, hoặc dùng bảng ánh xạ cho CSV.",
    "the workbook is cut off or damaged (‹exactly›)": "Bảng tính hỏng hoặc bị cắt ngang (‹exactly›).",
    "open it and save it again as .xlsx; if you did not make it yourself, ask where it comes from": (
        "Mở tệp rồi lưu lại thành .xlsx. Nếu không phải tệp do bạn lập, hỏi lại nơi gửi."
    ),
    "the workbook is locked with a password": "Bảng tính có mật khẩu.",
    "open it with its password and save a copy without one (File, Info, Protect Workbook)": (
        "Mở bằng mật khẩu rồi lưu một bản không mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc)."
    ),
    "this is a workbook of the old kind (.xls)": "Bảng tính thuộc loại cũ (.xls).",
    "open it and save it as .xlsx": "Mở tệp rồi lưu thành .xlsx.",
    "the workbook has ‹n› parts, more than ‹most›": "Bảng tính có ‹n› phần, quá mức ‹most›.",
    "parts of the workbook are locked with a password": "Một phần bảng tính có mật khẩu.",
    "save a copy without one": "Lưu một bản không mật khẩu.",
    "the part ‹name› is in the workbook twice": "Bảng tính có hai phần cùng tên ‹name›.",
    "the workbook unpacks to ‹n› MiB, more than ‹most› MiB": "Bảng tính bung ra ‹n› MB, quá mức ‹most› MB.",
    "split it by year or quarter, or save the sheet as CSV (UTF-8)": (
        "Chia theo năm hoặc quý, hoặc lưu trang tính thành CSV (UTF-8)."
    ),
    "the workbook unpacks to ‹n› times its size, more than ‹most› times": (
        "Bảng tính bung ra gấp ‹n› lần, quá mức ‹most› lần."
    ),
    "this is ‹looks›, not an .xlsx workbook": "Tệp là ‹looks›, không phải bảng tính .xlsx.",
    "a binary workbook (.xlsb)": "bảng tính nhị phân (.xlsb)",
    "a Word document": "văn bản Word",
    "copy its table into a spreadsheet and save that as .xlsx": "Chép bảng sang bảng tính rồi lưu thành .xlsx.",
    "a presentation": "tệp trình chiếu",
    "give the spreadsheet itself": "Gửi chính bảng tính.",
    "an OpenDocument file (.ods)": "tệp OpenDocument (.ods)",
    "this is a zip archive, not an .xlsx workbook": "Tệp là tệp nén zip, không phải bảng tính .xlsx.",
    "unpack it and give the files in it, or save the spreadsheet as .xlsx": (
        "Giải nén rồi gửi từng tệp bên trong, hoặc lưu bảng tính thành .xlsx."
    ),
    "‹part› declares a document type, which no workbook does": (
        "Phần ‹part› khai báo kiểu tài liệu, điều không bảng tính nào có."
    ),
    "the part ‹part› holds more bytes than the workbook declares (‹n›)": (
        "Phần ‹part› lớn hơn mức bảng tính khai báo (‹n› byte)."
    ),
    "the part ‹part› is damaged": "Phần ‹part› của bảng tính bị hỏng.",
    "the part ‹part› cannot be unpacked": "Phần ‹part› của bảng tính không bung ra được.",
    "the workbook cannot be read (‹exactly›)": "Bảng tính không đọc được (‹exactly›).",
    "open it in a spreadsheet program and save it again as .xlsx": _SAVE,
}
SHEETS: dict[str, str] = {
    "no sheet of it has a header with rows below it": "Không trang tính nào có dòng tiêu đề với dữ liệu bên dưới.",
    "say which sheet and row it is: source: {format: xlsx, sheet: …, header: …}": (
        "Nói rõ trang và dòng tiêu đề: source: {format: xlsx, sheet: …, header: …}."
    ),
    "the header is said to be in row ‹row›, but the sheet has ‹n› rows": (
        "Bảng ánh xạ ghi tiêu đề ở dòng ‹row›, nhưng trang tính chỉ có ‹n› dòng."
    ),
    "look at the left edge of the sheet; it must begin within the first ‹n› rows": (
        "Xem số dòng ở mép trái trang tính. Tiêu đề phải nằm trong ‹n› dòng đầu."
    ),
    "this is a set-aside file that was saved as a workbook": "Đây là tệp bản ghi để riêng đã bị lưu thành bảng tính.",
    "save it as CSV (UTF-8)": "Lưu tệp thành CSV (UTF-8).",
    "no row of the sheet ‹name› names the columns that the mapping reads: ‹names›": (
        "Trang tính ‹name› không có dòng tiêu đề nào đủ các cột mà bảng ánh xạ đọc: ‹names›."
    ),
    "is it the right sheet? otherwise state the row under source, such as header: 5": (
        "Xem có đúng trang tính không. Nếu đúng, ghi dòng tiêu đề ở mục source, ví dụ header: 5."
    ),
    "its cells repeat long texts so often that they would fill the memory": (
        "Các ô lặp lại đoạn chữ dài quá nhiều lần, vượt bộ nhớ máy chủ."
    ),
    "save the sheet as CSV (UTF-8), or delete what stands far off the table": (
        "Lưu trang tính thành CSV (UTF-8), hoặc xóa những gì nằm xa ngoài bảng."
    ),
    "the sheet in ‹part› cannot be read (‹why›)": "Trang tính trong phần ‹part› không đọc được (‹why›).",
    "it declares a document type": "có khai báo kiểu tài liệu",
    "‹letters› is no column": "‹letters› không phải tên cột",
    "its cells reach over ‹rows› rows and ‹columns› columns, more than can be read at once": (
        "Các ô trải trên ‹rows› dòng và ‹columns› cột, quá mức đọc được một lần."
    ),
    "the sheet ‹name› cannot be read (‹exactly›)": "Trang tính ‹name› không đọc được (‹exactly›).",
    "row ‹row› cannot be read (‹exactly›)": "Dòng ‹row› không đọc được (‹exactly›).",
    "look for a number in a cell that is formatted as a date, and mend it": (
        "Tìm ô định dạng ngày nhưng chứa số không phải ngày, rồi sửa ô đó."
    ),
    "there is no sheet ‹name› in it": "Bảng tính không có trang ‹name›.",
    "‹n› sheets hold something: ‹names›": "Bảng tính có ‹n› trang có dữ liệu (‹names›), chưa rõ đọc trang nào.",
    "say which one under source, such as sheet: ‹name›": "Ghi tên trang ở mục source, ví dụ sheet: ‹name›.",
    "no visible sheet of it holds anything": "Không trang nào đang hiện có dữ liệu.",
    "show the hidden sheet, or name it under source: sheet: ‹name›": (
        "Bỏ ẩn trang tính, hoặc ghi tên trang ở mục source: sheet: ‹name›."
    ),
    "fill it in": "Điền dữ liệu vào bảng tính rồi tải lên lại.",
    "the workbook has macros; they were not run, its cells were read as they were saved": (
        "Bảng tính có macro; macro không được chạy, các ô được đọc như đã lưu."
    ),
    "keep the register without macros, if they are not needed": "Nếu không cần macro, lưu sổ không kèm macro.",
    "cells of the workbook are linked to other workbooks, which were not opened": (
        "Có ô liên kết sang bảng tính khác; các bảng tính đó không được mở."
    ),
    "check that the links were up to date when it was saved": "Kiểm tra các liên kết đã cập nhật trước khi lưu.",
    "the sheet ‹name› is hidden, and was read because the mapping names it": (
        "Trang tính ‹name› đang ẩn, vẫn được đọc vì bảng ánh xạ nêu tên."
    ),
    "make sure that it is the one that people work on": "Kiểm tra đây có đúng là trang đang dùng không.",
    "the sheet ‹name› is hidden (trang tính đang ẩn)": "Trang tính ‹name› đang ẩn.",
    "show it in Excel (Unhide), or name it: --sheet ‹name›": "Bỏ ẩn trang tính ‹name› trong Excel rồi nộp lại.",
    "call the one with the products “‹name›”, or name it with --sheet (ghi tên trang tính)": (
        "Đặt tên trang có sản phẩm là “‹name›” rồi nộp lại."
    ),
    "the sheet ‹name› has no row of headings (không thấy dòng tiêu đề): ‹names›": (
        "Trang tính ‹name› không có dòng tiêu đề (dòng đầy nhất: ‹names›)."
    ),
    "head the columns ‹names›; `congtam catalogue export --out mau.xlsx` makes a blank sheet": (
        "Đặt tiêu đề cho các cột ‹names›, hoặc chép dữ liệu vào tệp mẫu trống."
    ),
    "formulas in the sheet ‹name›: ‹n›; their values as saved were used": (
        "Trang tính ‹name› có ‹n› công thức; dùng giá trị đã lưu."
    ),
    "open and save the workbook once, if it may be out of date": "Nếu có thể đã cũ, mở và lưu lại bảng tính một lần.",
    "rows of the sheet ‹name› are hidden (or filtered out) and were read all the same: ‹rows›": (
        "Trang tính ‹name› có dòng đang ẩn (hoặc bị lọc), vẫn được đọc: ‹rows›."
    ),
    "delete them if they are not part of the register": "Xóa các dòng đó nếu không thuộc sổ.",
    "columns of the sheet ‹name› are hidden and were read like the others: ‹columns›": (
        "Trang tính ‹name› có cột đang ẩn, vẫn được đọc như các cột khác: ‹columns›."
    ),
    "look at them before you trust them": "Xem lại các cột đó trước khi dùng.",
}
