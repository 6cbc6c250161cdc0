"""Who signs in, as django-allauth checks it; the account of a session read by a statement whose plan is kept."""

from allauth.account.auth_backends import AuthenticationBackend

from congtam.access.models import Account
from congtam.history.planned import rows_planned


class SignIn(AuthenticationBackend):
    """Every page of a session asks for its account first."""

    def get_user(self, user_id: int) -> Account | None:
        """The account, or None when there is none, or it may not sign in any more."""
        found = rows_planned(Account, "WHERE id = %(id)s::bigint", {"id": user_id})
        return found[0] if found and self.user_can_authenticate(found[0]) else None
