"""How often a public page may be asked: counted in the database, so that all web processes count together."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection

from congtam.web.models import Tries


def counted(who: str, now: datetime, window: timedelta) -> tuple[int, datetime]:
    """Count one more try of `who` in the running window: how many there are now, and when the window ends.

    Only a digest of `who` is kept, and no longer than a day.
    """
    since = datetime.fromtimestamp(now.timestamp() // window.total_seconds() * window.total_seconds(), UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO web_tries AS tries (who, since, count) VALUES (%s, %s, 1) "
            "ON CONFLICT (who, since) DO UPDATE SET count = tries.count + 1 RETURNING count",
            [_digest(who), since],
        )
        count = int(cursor.fetchone()[0])
    if count == 1:
        Tries.objects.filter(since__lt=now - timedelta(days=1)).delete()
    return count, since + window


def _digest(who: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), who.encode(), sha256).hexdigest()
