"""Time stamps over HTTP (RFC 3161): what comes back is a stamp of what was asked, or nothing is signed."""

from typing import Any

from asn1crypto import cms, core, tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

from congtam.history.refused import Refused

PATIENCE = 10  # seconds for an answer


def stamper_at(address: str) -> TimeStamper | None:
    """Who stamps the time, by the site's setting; None when it has none. It raises `Refused` for whatever is no stamp
    of what it was asked: no answer in time, a refusal, an answer to somebody else, no answer that can be read."""
    return _Service(address, timeout=PATIENCE) if address else None  # type: ignore[no-untyped-call]


class _Answer(core.Sequence):
    """As RFC 3161 has it: who refuses sends no token."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]  # noqa: RUF012


class _Service(RequestsHTTPTimeStamper):
    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        nonce, asked = self.request_cms(message_digest, md_algorithm)  # type: ignore[no-untyped-call]
        try:
            answer = _Answer.load((await self.async_request_tsa_response(asked)).dump())
            said, token = answer["status"]["status"].native, answer["time_stamp_token"]
            if said not in ("granted", "granted_with_mods"):
                raise _none(f"dịch vụ từ chối: {said}", f"the service refused: {said}")
            info = token["content"]["encap_content_info"]["content"].parsed.native
        except TimestampRequestError:
            raise _none("dịch vụ không trả lời hoặc trả lời sai cách", "no answer, or none of its kind") from None
        except (ValueError, TypeError, KeyError):  # ASN.1 is parsed when it is asked for
            raise _none("câu trả lời không phải là dấu thời gian", "the answer is no time stamp") from None
        if info["nonce"] != nonce or info["message_imprint"]["hashed_message"] != message_digest:
            raise _none("dấu trả về là của một lần hỏi khác", "the stamp is the answer to another question")
        return token


def _none(vi: str, en: str) -> Refused:
    return Refused(
        f"Không lấy được dấu thời gian ({vi}). Chưa ký gì. Hãy thử lại sau; nếu vẫn không được, báo quản trị hệ thống "
        "kiểm tra địa chỉ dịch vụ cấp dấu thời gian.",
        f"No time stamp could be had ({en}). Nothing was signed. Try again later, or have the administrator look at "
        "the address of the time stamp service.",
    )
