"""Any element by its id, a kind as a list, and the search."""

from django.urls import path

from ketenreis.web.elements import lists, searching, views

urlpatterns = [
    path("found", searching.found, name="found"),
    path("all/", lists.every_kind, name="list"),
    path("all/<slug:kind>/", lists.of_kind, name="of_kind"),
    path("e/<path:element>/", views.one, name="one"),
]
