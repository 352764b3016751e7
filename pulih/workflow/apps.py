from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pulih.web import navigation


class WorkflowConfig(AppConfig):
    """States and steps, duties with their clocks, and what waits for whom."""

    name = "pulih.workflow"
    verbose_name = _("Tasks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.people.permissions import Permission

        from .tasks import badge

        mine = navigation.Item(
            "", 10, _("My tasks"), "workflow:tasks", "checklist", prefix="/tasks/", count=badge
        )
        navigation.register(mine)
        navigation.register(
            navigation.Item(
                "order",
                20,
                _("Posts"),
                "workflow:posts",
                "user-check",
                permission=Permission.MANAGE_PEOPLE,
            )
        )
