from django.urls import path

from . import views

app_name = "lists"
urlpatterns = [
    path("downloads/", views.downloads, name="downloads"),
    path("downloads/<int:pk>/", views.download, name="download"),
    path("find/", views.find, name="find"),
]
