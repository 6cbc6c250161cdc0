"""Addresses of signing in and of accounts. Of allauth only what the site uses is here: nobody signs up, and no password
is sent by mail."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from congtam.web.pages.accounts import mandates, rights, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/dang-nhap/", account.login, name="account_login"),
    path("tai-khoan/dang-xuat/", account.logout, name="account_logout"),
    path("tai-khoan/da-dong/", account.account_inactive, name="account_inactive"),
    path("tai-khoan/xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/doi-mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/tro-giup/", views.sign_in_help, name="account_reset_password"),
    path("tai-khoan/hai-lop/", factor.index, name="mfa_index"),
    path("tai-khoan/hai-lop/ma/", factor.authenticate, name="mfa_authenticate"),
    path("tai-khoan/hai-lop/xac-nhan/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("tai-khoan/hai-lop/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("tai-khoan/hai-lop/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tai-khoan/hai-lop/ma-khoi-phuc/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tai-khoan/hai-lop/ma-khoi-phuc/tao/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tai-khoan/hai-lop/ma-khoi-phuc/tai/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("quyen-cua-toi/", rights.my_rights, name="my_rights"),
    path("tai-khoan-nguoi-dung/", views.accounts, name="accounts"),
    path("mo-tai-khoan/", views.open_account, name="account_open"),
    path("tai-khoan-nguoi-dung/<str:username>/", views.account_card, name="account_card"),
    path("tai-khoan-nguoi-dung/<str:username>/dong/", views.close, name="account_close"),
    path("tai-khoan-nguoi-dung/<str:username>/mo-lai/", views.reopen, name="account_reopen"),
    path("tai-khoan-nguoi-dung/<str:username>/mat-khau/", views.reset_password, name="account_new_password"),
    path("tai-khoan-nguoi-dung/<str:username>/hai-lop/", views.reset_second_factor, name="account_new_factor"),
    path("tai-khoan-nguoi-dung/<str:username>/kiem-tra/", mandates.give, name="mandate_give"),
    path("tai-khoan-nguoi-dung/<str:username>/kiem-tra/<int:row>/rut/", mandates.withdraw, name="mandate_withdraw"),
]

if settings.IDENTITY_PROVIDER:
    urlpatterns += [
        path("tai-khoan/chung/", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("tai-khoan/chung/huy/", social.login_cancelled, name="socialaccount_login_cancelled"),
        path("tai-khoan/chung/loi/", social.login_error, name="socialaccount_login_error"),
    ]
