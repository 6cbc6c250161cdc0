"""Migrations in a quarter of the time: Django spends most of a first start drawing models anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ProjectState


@contextmanager
def each_model_alone() -> Iterator[None]:
    """Inside, a model that is new, or whose change may wait for others, is drawn alone, where Django draws all that are
    tied to it. Tables need only the model's own fields; a step in Python asks for all, and is given them anew."""
    with_all_tied = ProjectState.reload_model

    def alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
        if "apps" not in vars(state):
            return  # nothing is drawn yet
        if not delay and model_name in state.apps.all_models[app_label]:
            with_all_tied(state, app_label, model_name, delay)
            return
        state.is_delayed = True  # so that a step in Python draws all
        state._reload({(app_label, model_name)})

    ProjectState.reload_model = alone
    try:
        yield
    finally:
        ProjectState.reload_model = with_all_tied
