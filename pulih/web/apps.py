from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """The frame of every page: menu, parts, exports, error pages."""

    name = "pulih.web"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.web.assets import check_the_build

        register(check_the_build)
