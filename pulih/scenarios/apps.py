from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    """Reference scenarios: the command `demo` loads one through the same doors as any office."""

    name = "pulih.scenarios"

    def ready(self) -> None:
        from pulih.web import facts

        from .covid_2020.told import activity_day

        facts.tell("activity_day", activity_day)
