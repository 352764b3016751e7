from django.urls import path

from . import views

app_name = "lists"
urlpatterns = [
    path("downloads/", views.downloads, name="downloads"),
    path("downloads/<int:pk>/", views.download, name="download"),
    path("views/", views.saved_views, name="views"),
    path("views/of/", views.views_of, name="views-of"),
    path("views/new/", views.save_view, name="save-view"),
    path("views/<int:pk>/name/", views.rename_view, name="rename-view"),
    path("views/<int:pk>/remove/", views.remove_view, name="remove-view"),
    path("find/", views.find, name="find"),
]
