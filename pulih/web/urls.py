from django.conf import settings
from django.urls import path

from pulih.web import views

app_name = "web"
urlpatterns = [path("parts/", views.parts, name="parts")] if settings.DEBUG else []
