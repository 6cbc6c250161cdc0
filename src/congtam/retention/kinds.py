"""The kinds of things that are kept and can be erased."""

from congtam.engine.rulebook.model import Text
from congtam.retention import of_people, of_periods, of_work, person
from congtam.retention.models import PEOPLE
from congtam.retention.things import Kind

SEALED = Text(vi="ngày chốt kỳ", en="the day the period was sealed")

KINDS: dict[str, Kind] = {
    PEOPLE: Kind(
        Text(vi="Dữ liệu cá nhân của người đã rời cơ quan", en="Personal data of people who left"),
        Text(vi="ngày cuối giữ vị trí", en="the last day in a post"),
        Text(
            vi="Họ tên, tài khoản, lời lẽ về người ấy, phiếu riêng, tên trong bản chốt; số liệu ở lại dưới một số",
            en="Name, account, what was said of them, own slips and the name in seals; figures stay under a number",
        ),
        of_people.people,
        person.erase_person,
        of_people.hindrances,
        lasting=True,
    ),
    "seals": Kind(
        Text(vi="Họ tên và lý do trong bản chốt", en="Names and reasons in seals"),
        SEALED,
        Text(
            vi="Họ tên và lý do; số liệu, quy tắc, kết quả ở lại và bản chốt vẫn kiểm chứng được",
            en="Names and reasons; figures, rules and results stay, and the seal still verifies",
        ),
        of_periods.seals,
        of_periods.erase_seal,
    ),
    "words": Kind(
        Text(vi="Ý kiến, đề nghị xem xét lại, lý do chấm", en="Remarks, requests to review, reasons of marks"),
        SEALED,
        Text(
            vi="Lời lẽ và tệp kèm theo; ai đề nghị gì, trả lời thế nào, điểm bao nhiêu ở lại",
            en="Words and files; who asked what, how it was answered and the marks stay",
        ),
        of_periods.words,
        of_periods.erase_words_of,
    ),
    "papers": Kind(
        Text(vi="Văn bản của kỳ đánh giá", en="Papers of periods"),
        Text(vi="ngày lập văn bản", en="the day the paper was made"),
        Text(vi="Tệp; mã, số và mã kiểm ở lại", en="The file; code, number and digest stay"),
        of_periods.papers,
        of_periods.erase_paper,
    ),
    "evidence": Kind(
        Text(vi="Tệp minh chứng của công việc", en="Evidence of work"),
        Text(vi="ngày việc kết thúc", en="the day the work was over"),
        Text(vi="Tệp, tên và ghi chú; mã kiểm ở lại", en="The file, its name and note; the digest stays"),
        of_work.evidence,
        of_work.erase_evidence,
        of_work.evidence_hindrances,
    ),
    "uploads": Kind(
        Text(vi="Tệp của nguồn dữ liệu", en="Files of sources"),
        Text(vi="ngày tải lên", en="the day of the upload"),
        Text(vi="Tệp; bản ghi đã nhận từ tệp ở lại", en="The file; records read from it stay"),
        of_work.uploads,
        of_work.erase_upload,
        of_work.upload_hindrances,
        lasting=True,
    ),
    "looks": Kind(
        Text(vi="Lượt xem hồ sơ", en="Who looked at whom"),
        Text(vi="ngày xem", en="the day of the look"),
        Text(vi="Cả dòng ghi", en="The whole row"),
        of_work.looks,
        of_work.erase_looks,
    ),
}
