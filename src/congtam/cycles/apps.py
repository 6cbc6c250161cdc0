"""The room as Django knows it."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "congtam.cycles"
    label = "cycles"
