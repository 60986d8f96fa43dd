"""The list, each process by its id, and its diagram."""

from django.urls import path

from ketenreis.web.processes import drawing, views

urlpatterns = [
    path("processes/", views.all_processes, name="list"),
    path("processes/<path:process>/", views.one, name="one"),
    path("processes/<path:process>/in-order", views.in_this_order, name="in_order"),
    path("processes/<path:process>/diagram", drawing.diagram, name="diagram"),
    path("processes/<path:process>/download", drawing.download, name="download"),
    path("processes/<path:process>/file.bpmn", drawing.file, name="file"),
    path("processes/<path:process>/picture.svg", drawing.picture, name="picture"),
]
