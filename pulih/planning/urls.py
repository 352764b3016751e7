from django.urls import path

from . import views

app_name = "planning"
urlpatterns = [
    path("", views.scenarios, name="list"),
    path("new/", views.new, name="new"),
    path("ceiling/", views.check_ceiling, name="check-ceiling"),
    path("compare/", views.compare, name="compare"),
    path("adopted/", views.adopted, name="adopted"),
    path("adopted/<int:pk>/", views.adopted_plan, name="adopted-plan"),
    path("<int:pk>/", views.scenario, name="scenario"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/rules/", views.rules, name="rules"),
    path("<int:pk>/rules/<int:rule>/remove/", views.remove_rule, name="remove-rule"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/solve/", views.solve, name="solve"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/why/<int:province>/", views.why_panel, name="why"),
    path("<int:pk>/lines/", views.lines, name="lines"),
    path("<int:pk>/lines/export/", views.lines_export, name="lines-export"),
    path("<int:pk>/matrix/", views.matrix, name="matrix"),
    path("<int:pk>/case.zip", views.case_zip, name="case-zip"),
    path("<int:pk>/plan.zip", views.plan_zip, name="plan-zip"),
    path("<int:pk>/adopt/", views.propose_adoption, name="adopt"),
    path("<int:pk>/adopt/decide/", views.decide_adoption, name="decide-adoption"),
    path("<int:pk>/adopt/withdraw/", views.withdraw_adoption, name="withdraw-adoption"),
]
