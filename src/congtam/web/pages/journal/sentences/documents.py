"""What was done to papers, keys and signatures."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "documents.keep": Text(vi="lập và lưu", en="made and kept"),
    "documents.register_certificate": Text(vi="ghi nhận người giữ của", en="entered whose it is, of the"),
    "documents.sign": Text(vi="ký số", en="signed"),
    "documents.take_out": Text(vi="tải tệp của", en="took out"),
    "documents.withdraw_certificate": Text(vi="gỡ", en="took back"),
}
