"""The room as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "congtam.documents"
    label = "documents"
