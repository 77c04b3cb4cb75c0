"""Addresses of the yearly assessment."""

from django.urls import path

from assessment.views import home

urlpatterns = [
    path("", home.home, name="home"),
]
