"""The room as Django knows it."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "congtam.retention"
    label = "retention"
