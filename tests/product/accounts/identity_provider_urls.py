"""The URL table of a site that has an identity provider."""

from allauth.socialaccount import views as social
from django.urls import include, path

from congtam.web.urls import urlpatterns as without

urlpatterns = [
    path("tai-khoan/chung/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("tai-khoan/chung/huy/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("tai-khoan/chung/loi/", social.login_error, name="socialaccount_login_error"),
    *without,
]
