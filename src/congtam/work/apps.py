"""The room as Django knows it."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "congtam.work"
    label = "work"
