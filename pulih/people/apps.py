from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pulih.web import navigation


class PeopleConfig(AppConfig):
    """Who may sign in, what each role may do, and whose rows each person sees."""

    name = "pulih.people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .permissions import holds

        navigation.decide_with(holds)
