from django.urls import path

from . import views

app_name = "links"
urlpatterns = [path("<str:address>", views.open_link, name="open")]
