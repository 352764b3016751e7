from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Declared lists: page, files and API of one declaration."""

    name = "pulih.lists"
