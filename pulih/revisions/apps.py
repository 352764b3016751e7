from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RevisionsConfig(AppConfig):
    """Drafts of revisions, who may approve them, their matrix, page III."""

    name = "pulih.revisions"
    verbose_name = _("Revisions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.budget import opened_years, unit_parts
        from pulih.documents import kinds
        from pulih.workflow import registry, tasks

        from .actions.opened_years import hold
        from .models import Revision
        from .papers import MATRIX
        from .states import REVISION
        from .unconfirmed import points
        from .views.of_unit import revisions_of_unit
        from .waiting import waiting_for

        unconfirmed.register(points)
        opened_years.register(hold)
        unit_parts.register("revisions", revisions_of_unit)
        kinds.register(MATRIX)
        registry.register_column(REVISION, Revision._meta.db_table)
        tasks.register(
            tasks.Tasks(
                "revisions_waiting",
                _("Revisions that wait for a step"),
                waiting_for,
                "revisions:list",
                "arrows-diff",
                {"mine": "on"},
            )
        )
