"""A blueprint by the id of what it is drawn of."""

from django.urls import path

from ketenreis.web.blueprint import views

urlpatterns = [
    path("blueprint/", views.first, name="list"),
    path("blueprint/<path:subject>/as/<slug:ending>", views.as_file, name="as_file"),
    path("blueprint/<path:subject>/", views.one, name="one"),
]
