"""The room as Django knows it."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "congtam.evidence"
    label = "evidence"
