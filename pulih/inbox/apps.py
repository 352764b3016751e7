from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pulih.web import facts, navigation


class InboxConfig(AppConfig):
    """Files that offices deliver: what came, what was read, what was wrong with it."""

    name = "pulih.inbox"
    verbose_name = _("Delivered files")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.people.permissions import Permission
        from pulih.workflow import decisions, registry, tasks

        from .context import last_delivery, unfinished_for
        from .decisions import WITHDRAWING
        from .models import ImportBatch
        from .states import FILE

        decisions.register(WITHDRAWING)
        registry.register_column(FILE, ImportBatch._meta.db_table)
        facts.tell("last_data", last_delivery)
        tasks.register(
            tasks.Tasks(
                "inbox_unfinished",
                _("Files that are not read to their end"),
                unfinished_for,
                "inbox:list",
                "file-import",
                {"unfinished": "on"},
            )
        )
        navigation.register(
            navigation.Item(
                "data",
                10,
                _("Delivered files"),
                "inbox:list",
                "file-import",
                permission=Permission.SEE_FILES,
                count=tasks.in_menu("inbox_unfinished"),
                asks={"unfinished": "on"},
            )
        )
