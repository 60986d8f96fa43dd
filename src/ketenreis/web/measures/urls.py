"""The list of requirements, and one of them."""

from django.urls import path

from ketenreis.web.measures import cases, views

urlpatterns = [
    path("measures/", views.every, name="list"),
    path("measures/new", views.make, name="new"),
    path("measures/<path:ctq>/norm", views.norm, name="norm"),
    path("measures/<path:ctq>/edit/", views.edit, name="edit"),
    path("measures/<path:ctq>/cases/<str:outcome>/", cases.cases, name="cases"),
    path("measures/<path:ctq>/", views.one, name="one"),
]
