from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    """States and steps, duties with their clocks, and what waits for whom."""

    name = "pulih.workflow"
    verbose_name = _("Tasks")
    default_auto_field = "django.db.models.BigAutoField"
