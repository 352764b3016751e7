from django.urls import path

from .views import firms, groups, lists, products

app_name = "market"
urlpatterns = [
    path("products/", lists.show_products, name="products"),
    path("products/<slug:code>/", products.show_product, name="product"),
    path("capacities/", lists.show_capacities, name="capacities"),
    path("capacities/unread/", lists.show_unread, name="unread"),
    path("capacities/<int:pk>/confirm/", firms.confirm_capacity, name="confirm-capacity"),
    path("firms/<int:pk>/", firms.show_firm, name="of-enterprise"),
    path("firms/<int:pk>/capacity/", firms.state_capacity, name="state-capacity"),
    path("firms/<int:pk>/certificate/", firms.add_certificate, name="add-certificate"),
    path("certificates/", lists.show_certificates, name="certificates"),
    path("groups/", lists.show_groups, name="groups"),
    path("groups/new/", groups.new_group, name="new-group"),
    path("groups/<int:pk>/", groups.show_group, name="group"),
    path("groups/<int:pk>/members/", groups.add_member, name="add-member"),
    path("members/<int:pk>/end/", groups.end_membership, name="end-membership"),
]
