from django.urls import path, register_converter

from .views import cash_plans, dipa, drafts, listing, plan_sheets, remapping, revision, steps


class YearConverter:
    """A fiscal year in an address; no unit has lines in others."""

    regex = "20[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


register_converter(YearConverter, "year")

app_name = "revisions"
urlpatterns = [
    path("revisions/", listing.show_revisions, name="list"),
    path("revisions/<int:pk>/", revision.show_revision, name="revision"),
    path("revisions/<int:pk>/change/", drafts.change_revision, name="change"),
    path("revisions/<int:pk>/propose/", steps.propose_revision, name="propose"),
    path("revisions/<int:pk>/approve/", steps.approve_revision, name="approve"),
    path("revisions/<int:pk>/return/", steps.return_revision, name="return"),
    path("revisions/<int:pk>/force/", steps.force_revision, name="force"),
    path("revisions/<int:pk>/withdraw/", steps.withdraw_revision, name="withdraw"),
    path("movements/<int:pk>/details/", drafts.movement_details, name="details"),
    path("units/<int:pk>/<year:year>/revise/", drafts.new_revision, name="new"),
    path("units/<int:pk>/<year:year>/revise/sum/", drafts.sum_revision, name="sum"),
    path("units/<int:pk>/<year:year>/remap/", remapping.remap_lines, name="remap"),
    path("units/<int:pk>/<year:year>/cash-plan/", cash_plans.show_cash_plan, name="cash-plan"),
    path(
        "units/<int:pk>/<year:year>/cash-plan/sheet/",
        plan_sheets.read_plan_sheet,
        name="plan-sheet",
    ),
    path("dipa/", dipa.take_dipa_out, name="dipa-out"),
    path("cash-plans/", plan_sheets.take_plans_out, name="plans-out"),
]
