"""Any element by its id, a kind as a list, and the search."""

from django.urls import path

from ketenreis.web.elements import views

urlpatterns = [
    path("found", views.found, name="found"),
    path("all/<slug:kind>/", views.of_kind, name="of_kind"),
    path("e/<path:element>/", views.one, name="one"),
]
