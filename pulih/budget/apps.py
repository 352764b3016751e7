from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetConfig(AppConfig):
    """Spending units, their lines, the ledger of documents and the drafts of revisions."""

    name = "pulih.budget"
    verbose_name = _("Budget")
    default_auto_field = "django.db.models.BigAutoField"
