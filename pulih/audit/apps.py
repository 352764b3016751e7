from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, and which data and code made this; added to, never changed."""

    name = "pulih.audit"
    default_auto_field = "django.db.models.BigAutoField"
