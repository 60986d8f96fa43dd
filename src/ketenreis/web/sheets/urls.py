"""Where the sheet of a kind comes back."""

from django.urls import path

from ketenreis.web.sheets import views

urlpatterns = [path("all/<slug:kind>/sheet/", views.bring, name="bring")]
