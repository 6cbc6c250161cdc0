"""What was found about signatures, as sentences: what is wrong, what it means, what to do."""

from congtam.engine.rulebook.model import Text

NO_NETWORK = Text(
    vi="Kiểm tra tại chỗ, không hỏi qua mạng: chứng thư có bị thu hồi sau khi ký hay không chỉ biết được nếu tệp "
    "mang theo danh sách thu hồi.",
    en="Checked here, nothing asked over the network: whether a certificate was revoked is known only from what the "
    "file itself carries.",
)
GOOD = Text(
    vi="Mọi chữ ký đều hợp lệ: nội dung nguyên vẹn, chứng thư thuộc gốc mà cơ quan tin cậy.",
    en="Every signature counts: the content is as signed, and the certificate comes from a root the site trusts.",
)
PROBLEMS = {
    "unreadable": Text(
        vi="Tệp không phải PDF đọc được: có thể đã hỏng khi gửi. Đề nghị bên gửi gửi lại tệp.",
        en="This is no PDF that can be read; it may have been damaged on the way. Ask the sender for it again.",
    ),
    "locked": Text(
        vi="Tệp PDF bị khóa bằng mật khẩu nên không kiểm tra được chữ ký. Đề nghị gửi lại bản không khóa.",
        en="The PDF is locked by a password, so its signature cannot be checked. Ask for it without one.",
    ),
    "none": Text(
        vi="Tệp không có chữ ký số nào: đây là bản chụp hoặc bản chưa ký.",
        en="The file has no digital signature: it is a scan, or was not signed.",
    ),
    "broken": Text(
        vi="Chữ ký số không đúng (hỏng hoặc không do khóa của chứng thư tạo ra). Không tiếp nhận, báo lại bên gửi.",
        en="The signature is wrong: broken, or not made with the certificate's key. Refuse it and tell the sender.",
    ),
    "changed": Text(
        vi="Văn bản đã bị sửa sau khi ký. Không tiếp nhận, báo lại bên gửi để gửi bản đúng như đã ký.",
        en="The document was changed after signing. Refuse it, and tell the sender to send it as it was signed.",
    ),
    "expired": Text(
        vi="Chứng thư của người ký không còn (hoặc chưa) có hiệu lực vào lúc kiểm tra. Đề nghị ký lại bằng chứng thư "
        "còn hiệu lực.",
        en="The signer's certificate was not in force when it was checked. Have it signed with one that is.",
    ),
    "revoked": Text(
        vi="Chứng thư của người ký đã bị thu hồi. Không tiếp nhận, báo lại bên gửi.",
        en="The signer's certificate was revoked. Refuse it and tell the sender.",
    ),
    "unfit": Text(
        vi="Chứng thư của người ký không được cấp để ký văn bản. Đề nghị ký lại bằng chứng thư chữ ký số công vụ.",
        en="The signer's certificate was not given out for signing documents. Have it signed with one that was.",
    ),
    "foreign": Text(
        vi="Chứng thư không thuộc gốc nào mà cơ quan tin cậy, nên không biết được ai đã ký. Ký lại bằng chữ ký số "
        "công vụ; nếu gốc này đáng tin, quản trị hệ thống thêm nó vào thư mục chứng thư tin cậy.",
        en="The certificate comes from no root the site trusts, so who signed is not known. Sign with an official "
        "certificate; if that root deserves trust, the administrator adds it to the folder of trusted roots.",
    ),
    "unstamped": Text(
        vi="Dấu thời gian của chữ ký không được công nhận: dấu hỏng, hoặc chứng thư của dịch vụ cấp dấu không thuộc "
        "gốc mà cơ quan tin cậy. Đề nghị ký lại; nếu gốc này đáng tin, quản trị hệ thống thêm nó vào thư mục chứng thư "
        "tin cậy.",
        en="The time stamp of the signature does not count: it is broken, or its service comes from no root the site "
        "trusts. Have it signed again; if that root deserves trust, the administrator adds it to the trusted roots.",
    ),
    "weak": Text(
        vi="Chữ ký không đạt yêu cầu của chính tệp PDF (ràng buộc ký). Đề nghị ký lại.",
        en="The signature misses what the PDF itself asks of it (constraints on signing). Have it signed again.",
    ),
}
CHANGES = {
    "none": Text(vi="không có gì thêm sau khi ký", en="nothing was added after signing"),
    "archive": Text(vi="chỉ thêm dữ liệu lưu trữ chữ ký", en="only data that preserve the signature were added"),
    "forms": Text(vi="chỉ thêm chữ ký khác hoặc điền biểu mẫu", en="only other signatures or form fields were added"),
    "annotations": Text(vi="có thêm chú thích", en="annotations were added"),
    "other": Text(vi="nội dung đã bị sửa", en="the content was changed"),
    "unknown": Text(vi="không xác định được", en="cannot be told"),
}
