from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    """Files that offices deliver: what came, what was read, what was wrong with it."""

    name = "pulih.inbox"
    verbose_name = _("Delivered files")
    default_auto_field = "django.db.models.BigAutoField"
