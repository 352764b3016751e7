from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("", views.show_form, name="verify"),
    path("<str:code>", views.show_code, name="code"),  # Short: it is drawn as a square code.
]
