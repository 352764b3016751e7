from django.urls import path

from . import views

app_name = "impact"
urlpatterns = [
    path("", views.show_summary, name="summary"),
    path("firms/", views.show_list, name="list"),
    path("firms/<int:pk>/", views.show_enterprise, name="of-enterprise"),
    path("formula/", views.show_formula, name="formula"),
]
