"""Comparing, variants, and taking one over."""

from django.urls import path

from ketenreis.web.compare import merging, views

urlpatterns = [
    path("compare/", views.two, name="list"),
    path("compare/variant", views.begin, name="begin"),
    path("compare/<slug:variant>/merge", merging.take_over, name="merge"),
]
