from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    """What firms said of a month, how badly they were hit, and what they need."""

    name = "pulih.impact"
    verbose_name = _("Impact")
    default_auto_field = "django.db.models.BigAutoField"
