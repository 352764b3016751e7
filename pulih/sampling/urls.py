from django.urls import path

from .views import checks, phones, visits

app_name = "sampling"
urlpatterns = [
    path("", checks.show_list, name="list"),
    path("new/", checks.freeze, name="new"),
    path("<int:pk>/", checks.show_check, name="check"),
    path("<int:pk>/draw/", checks.draw, name="draw"),
    path("<int:pk>/links/", checks.give_link, name="give-link"),
    path("<int:pk>/links/<int:link>/end/", checks.end_link, name="end-link"),
    path("<int:pk>/list/", checks.frozen_list, name="frozen-list"),
    path("<int:pk>/paper/", checks.paper, name="paper"),
    path("units/", visits.show_units, name="units"),
    path("units/<int:pk>/", visits.show_unit, name="unit"),
    path("visits/<int:link>/", visits.show_visits_by_link, name="visit-by-link"),
    path("visits/<int:link>/<int:pk>/", visits.visit_by_link, name="visit-one-by-link"),
    path("field/worker.js", phones.worker, name="field-worker"),
    path("field/<int:link>/", phones.show_field, name="field"),
    path("field/<int:link>/list/", phones.show_field_list, name="field-list"),
    path("field/<int:link>/visits/", phones.take_field_visits, name="field-visits"),
    path("findings/", visits.show_findings, name="findings"),
    path("findings/<int:pk>/", visits.show_finding, name="finding"),
    path("findings/<int:pk>/move/", visits.move_finding, name="move-finding"),
]
