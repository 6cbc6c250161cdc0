"""Addresses of the fund of rewards."""

from django.urls import path

from congtam.web.pages.reward import fund_views, list_views, own_views, pay_views, proposal_views

urlpatterns = [
    path("", fund_views.fund, name="fund"),
    path("ghi/", fund_views.enter, name="fund_enter"),
    path("muc-tien/", fund_views.amount, name="fund_amount"),
    path("ky/<int:series>/", fund_views.sign, name="fund_sign"),
    path("lap/<int:number>/", list_views.new, name="pay_list_new"),
    path("danh-sach/<int:number>/", list_views.one, name="pay_list"),
    path("danh-sach/<int:number>/tep.xlsx", list_views.as_xlsx, name="pay_list_xlsx"),
    path("danh-sach/<int:number>/chi/", list_views.paid, name="pay_list_paid"),
    path("danh-sach/<int:number>/huy/", list_views.withdraw, name="pay_list_withdraw"),
    path("thanh-tich/", proposal_views.mine, name="achievements"),
    path("thanh-tich/moi/", proposal_views.new, name="achievement_new"),
    path("thanh-tich/<int:series>/", proposal_views.one, name="achievement"),
    path("thanh-tich/<int:series>/quyet-dinh/", proposal_views.decide, name="achievement_decide"),
    path("thanh-tich/<int:series>/danh-sach/", proposal_views.to_list, name="achievement_list"),
    path("luong/", pay_views.pay, name="earnings"),
    path("luong/mau.xlsx", pay_views.template, name="earnings_template"),
    path("luong/nop/", pay_views.hand_in, name="earnings_hand_in"),
    path("luong/bao-cao/", pay_views.report, name="earnings_report"),
    path("luong/ghi/", pay_views.write, name="earnings_write"),
    path("cua-toi/", own_views.own, name="own_rewards"),
]
