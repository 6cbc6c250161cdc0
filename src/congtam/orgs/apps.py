"""The room as Django knows it."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "congtam.orgs"
    label = "orgs"
