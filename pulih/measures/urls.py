from django.urls import path

from . import views

app_name = "measures"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("profiles/", views.show_profiles, name="profiles"),
    path("rebate/", views.simulate_rebate, name="rebate"),
    path("new/", views.edit_measure, name="new"),
    path("<slug:code>/", views.show_measure, name="measure"),
    path("<slug:code>/edit/", views.edit_measure, name="edit"),
    path("<slug:code>/costs/", views.set_cost, name="set-cost"),
    path("<slug:code>/effects/", views.set_effect, name="set-effect"),
]
