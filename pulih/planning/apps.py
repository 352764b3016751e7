from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    """What moves to whom when the ceiling changes, and why."""

    name = "pulih.planning"
    verbose_name = _("Planning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.workflow import decisions

        from . import navigation
        from .decisions import ADOPTING

        decisions.register(ADOPTING)
        navigation.register_items()
        navigation.register_tasks()
