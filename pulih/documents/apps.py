from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Papers of all rooms: set in type alike, and verified by a code."""

    name = "pulih.documents"
    verbose_name = _("Papers")
    default_auto_field = "django.db.models.BigAutoField"
