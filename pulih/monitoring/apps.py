from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    """Progress, the quarterly forms made of it, and when each was due and filed."""

    name = "pulih.monitoring"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.budget import heading_names, office_heads
        from pulih.documents import kinds
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register

        from .naming import head_of, names_by_unit
        from .papers import REPORT
        from .unconfirmed import points

        unconfirmed.register(points)
        heading_names.register(names_by_unit)
        office_heads.register(head_of)
        kinds.register(REPORT)
        register(
            Item(
                "delivery",
                30,
                _("Reports"),
                "monitoring:board",
                "report",
                permission=Permission.SEE_BUDGET,
                prefix="/monitoring/",
            )
        )
