from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScansConfig(AppConfig):
    """Signed papers come back as scans and photos, and find the paper whose code they carry."""

    name = "pulih.scans"
    verbose_name = _("Signed papers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register
        from pulih.workflow import tasks

        from .lookups import waiting_for

        register(
            Item(
                "data",
                15,
                _("Signed papers"),
                "scans:list",
                "pencil",
                permission=Permission.SEE_FILES,
                prefix="/scans/",
            )
        )
        tasks.register(
            tasks.Tasks(
                "scans_waiting",
                _("Pages of signed papers to place"),
                waiting_for,
                "scans:waiting",
                "pencil",
            )
        )
