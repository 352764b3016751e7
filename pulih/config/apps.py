from django.apps import AppConfig

from pulih.web import facts


class FrameConfig(AppConfig):
    """What only the frame knows, told to the pages."""

    name = "pulih.config"

    def ready(self) -> None:
        from . import sign_in_record
        from .background import is_late_for_people

        sign_in_record.connect()
        facts.tell("background_late", is_late_for_people)
