"""Sessions in the database as Django keeps them, read by a statement whose plan is kept: every page asks it first."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from congtam.history.planned import rows_planned

_THIS = "WHERE session_key = %(key)s AND expire_date > %(now)s"


class SessionStore(db.SessionStore):
    """Nothing is remembered between requests: who signed out, or was signed out, is so at once in every process."""

    def _get_session_from_db(self) -> Session | None:
        """The row, or None and no key when there is none or its time is over, as Django's own does."""
        found = _found(str(self.session_key))
        if found is None:
            self._session_key = None
        return found


def _found(key: str) -> Session | None:
    """The first thing a request asks: it also tells whether a connection kept from before still answers, which Django
    would ask of the database apart. When it does not, a new one is asked, and what that says holds."""
    if connection.connection is None or connection.health_check_done or connection.in_atomic_block:
        return _asked(key)
    connection.health_check_done = True
    try:
        return _asked(key)
    except (OperationalError, InterfaceError):
        connection.close()
        return _asked(key)


def _asked(key: str) -> Session | None:
    rows = rows_planned(Session, _THIS, {"key": key, "now": timezone.now()})
    return rows[0] if rows else None
