"""How accounts come to be: nobody signs up; personnel or the administrator opens an account for a person."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are opened for persons."""
        return False
