from django.urls import path, register_converter

from . import views


class QuarterConverter:
    """A quarter in an address: 1 to 4."""

    regex = "[1-4]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(QuarterConverter, "quarter")

app_name = "monitoring"
UNIT = "units/<int:pk>/<int:year>/"
urlpatterns = [
    path("", views.show_board, name="board"),
    path(f"{UNIT}targets/", views.show_targets, name="targets"),
    path(f"{UNIT}targets/save/", views.save_target, name="save-target"),
    path(f"{UNIT}office/", views.show_office, name="office"),
    path(f"{UNIT}office/general/", views.save_general, name="save-general"),
    path(f"{UNIT}office/heading/", views.save_heading, name="save-heading"),
    path(f"{UNIT}office/fund/", views.save_foreign_fund, name="save-foreign-fund"),
    path(f"{UNIT}office/signatory/", views.save_signatory, name="save-signatory"),
    path(f"{UNIT}<quarter:quarter>/", views.show_quarter, name="quarter"),
    path(f"{UNIT}<quarter:quarter>/save/", views.save_quarter, name="save-quarter"),
    path(
        f"{UNIT}<quarter:quarter>/notes/save/", views.save_account_notes, name="save-account-notes"
    ),
    path(f"{UNIT}<quarter:quarter>/<str:form>/", views.show_report, name="report"),
    path(f"{UNIT}<quarter:quarter>/<str:form>/file/", views.file_report, name="file"),
    path("filings/<int:pk>/", views.show_filing, name="filing"),
    path("dispatches/<int:pk>/", views.dispatch, name="dispatch"),
    path(
        "provinces/<int:pk>/<int:year>/<quarter:quarter>/",
        views.show_consolidation,
        name="consolidation",
    ),
    path(
        "provinces/<int:pk>/<int:year>/<quarter:quarter>/file/",
        views.file_consolidation,
        name="file-consolidation",
    ),
]
