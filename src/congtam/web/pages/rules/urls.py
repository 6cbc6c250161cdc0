"""Addresses of the rules. A rulebook's id holds slashes, so its own page comes last."""

from django.urls import path

from congtam.web.pages.rules.views import answers, cards, deciding, products, reading, setting, what_if

urlpatterns = [
    path("quy-tac/", reading.rules, name="rules"),
    path("quy-tac/con-phai-quyet-dinh/", setting.open_points, name="open_points"),
    path("quy-tac/ap-dung/", deciding.adopt, name="adopt_rulebook"),
    path("quy-tac/de-xuat/<int:number>/", deciding.draft, name="rule_draft"),
    path("quy-tac/ban-ap-dung/<int:number>/", deciding.copy, name="rule_copy"),
    path("quy-tac/de-xuat/<int:number>/quyet-dinh/", deciding.decide_draft, name="decide_rule_draft"),
    path("quy-tac/ban-ap-dung/<int:number>/quyet-dinh/", deciding.decide_copy, name="decide_rule_copy"),
    path("quy-tac/bang-diem/", cards.choose_card, name="choose_card"),
    path("quy-tac/ban-moi/<path:rulebook>/", deciding.upgrade, name="rule_upgrade"),
    path("quy-tac/lich-su/<path:rulebook>/", reading.history, name="rule_history"),
    path("quy-tac/chi-so/<path:rulebook>/<slug:indicator>/", reading.indicator, name="indicator"),
    path("quy-tac/danh-muc/tep/<path:rulebook>/", products.workbook, name="products_workbook"),
    path("quy-tac/danh-muc/nop/<path:rulebook>/", products.hand_in, name="products_hand_in"),
    path("quy-tac/danh-muc/bao-cao/<path:rulebook>/", products.products_report, name="products_report"),
    path("quy-tac/danh-muc/de-xuat/<path:rulebook>/", products.propose, name="products_propose"),
    path("quy-tac/danh-muc/<path:rulebook>/", products.products, name="products"),
    path("quy-tac/<path:rulebook>/", reading.rulebook, name="rulebook"),
    path("neu-thi/", what_if.what_if, name="what_if"),
    path("neu-thi/hoi/", answers.ask, name="what_if_ask"),
    path("neu-thi/<int:number>/", answers.answer, name="what_if_answer"),
]
