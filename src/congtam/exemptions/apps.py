"""The room as Django knows it."""

from django.apps import AppConfig


class ExemptionsConfig(AppConfig):
    name = "congtam.exemptions"
    label = "exemptions"
