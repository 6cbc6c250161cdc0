"""Address of the page everybody lands on."""

from django.urls import path

from congtam.web.pages.today import views

urlpatterns = [path("hom-nay/", views.today, name="today")]
