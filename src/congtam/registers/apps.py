"""The room as Django knows it."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "congtam.registers"
    label = "registers"
