from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    """What moves to whom when the ceiling changes, and why."""

    name = "pulih.planning"
    verbose_name = _("Planning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.workflow import decisions, registry

        from . import navigation
        from .decisions import ADOPTING
        from .models import Scenario
        from .states import SCENARIO
        from .unconfirmed import points

        unconfirmed.register(points)
        decisions.register(ADOPTING)
        registry.register_column(SCENARIO, Scenario._meta.db_table)
        navigation.register_items()
        navigation.register_tasks()
