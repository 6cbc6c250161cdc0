"""The roots a site trusts: certificates (PEM) that lie in one folder, put there by its administrator."""

from pathlib import Path
from typing import Any

from django.conf import settings
from pyhanko.keys import load_certs_from_pemder_data

from congtam.history.refused import Refused

ENDINGS = (".pem", ".crt", ".cer")


def roots() -> list[Any]:
    """Every certificate of the folder `settings.TRUST` (see the how-to); none when there is no folder.

    Raises `Refused` with the name of a file that holds no certificate: a root that is silently left out would make
    good signatures look foreign."""
    folder = Path(settings.TRUST)
    found: list[Any] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.casefold() in ENDINGS:
            found += _read(path)
    return found


def _read(path: Path) -> list[Any]:
    try:
        read = list(load_certs_from_pemder_data(path.read_bytes()))
        for certificate in read:
            _ = certificate.subject.native, certificate.public_key.native  # ASN.1 is parsed when it is asked for
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Refused(
            f"Tệp chứng thư gốc “{path.name}” của trang không đọc được ({error}). Hãy báo quản trị hệ thống sửa tệp "
            "này trong thư mục chứng thư tin cậy, rồi làm lại.",
            f"The site's root certificate “{path.name}” cannot be read ({error}). Have the administrator mend it.",
        ) from None
    return read
