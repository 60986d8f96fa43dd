"""The list, each chain by its id, and what customers need from each department or role."""

from django.urls import path

from ketenreis.web.chains import views

urlpatterns = [
    path("chains/", views.all_chains, name="list"),
    path("chains/<path:chain>/", views.one, name="one"),
    path("needs/", views.everybody, name="everybody"),
    path("needs/<path:element>/", views.needs, name="needs"),
]
