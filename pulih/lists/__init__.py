"""Declared lists: columns and filters said once give the page, its files, its API and its total.

    UNPAID = Listing(
        room="budget", key="unpaid", title=_("Commitments not yet paid"), file_name="komitmen",
        permission=Permission.SEE_BUDGET, source=unpaid_rows,
        columns=(Column("number", _("Number"), lambda owed: owed.posting.document_number), …),
        filters=(Filter("age", _("Age"), ages_field), …),
    )

`pages.answer(request, UNPAID, "budget/commitments.html")` answers with the page, the rows alone,
XLSX or CSV; `programs.serve(router, "/commitments", UNPAID)` adds the address for programs.
"""
