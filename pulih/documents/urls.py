from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("verify/", views.show_form, name="verify"),
    path("verify/<str:code>", views.show_code, name="code"),  # It is drawn as a square code.
    path("en/verify/", views.show_form, name="verify-en"),
    path("en/verify/<str:code>", views.show_code, name="code-en"),
]
