"""The room as Django knows it."""

from django.apps import AppConfig


class ScoresConfig(AppConfig):
    name = "congtam.scores"
    label = "scores"
