"""The room as Django knows it."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "congtam.sources"
    label = "sources"
