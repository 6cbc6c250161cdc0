"""The room as Django knows it."""

from django.apps import AppConfig


class MarkingConfig(AppConfig):
    name = "congtam.marking"
    label = "marking"
