from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    """Reference scenarios: the command `demo` loads one through the same doors as any office."""

    name = "pulih.scenarios"
