"""The room as Django knows it."""

from django.apps import AppConfig


class RewardConfig(AppConfig):
    name = "congtam.reward"
    label = "reward"
