"""The demo site: filled when empty, continued when it is there, removed as a whole."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from congtam.access.models import Account
from congtam.history.actor import Actor
from congtam.orgs.models import Unit
from congtam.registry.queries import choice
from congtam.serving.preparing import Unfit, migrate
from congtam.serving.tables import remove_everything
from congtam.simulate.site.cast import PASSWORD, PLAYERS, Player
from congtam.simulate.site.keys import remove_keys
from congtam.simulate.site.load import DEMO, News, load_demo, score_all

ACTOR = Actor(name="demo")


@dataclass(frozen=True)
class Shown:
    """A demo account as it is told to whoever opens the demo."""

    player: Player
    password: str


def is_demo() -> bool:
    """Whether the site holds the demo."""
    return bool(choice(DEMO, timezone.localdate(), False))


def fill(news: News) -> None:
    """Fill an empty site with the demo, all of it or nothing; a site that holds it already is left as it is.

    Raises `Unfit` when it holds something else.
    """
    if is_demo():
        return
    if Unit.objects.exists() or Account.objects.exists():
        raise Unfit(
            "Trang này đã có dữ liệu thật, nên không đưa dữ liệu mẫu vào. Hãy chạy `congtam serve` không có --demo, "
            "hoặc đặt CONGTAM_SITE là một thư mục khác để xem dữ liệu mẫu."
        )
    with transaction.atomic():
        load_demo(ACTOR, timezone.localdate(), news)
    news("Tính điểm lần đầu…")
    score_all()


def accounts() -> list[Shown]:
    """The demo accounts that can sign in now."""
    open_ones = set(Account.objects.filter(demo=True, is_active=True).values_list("username", flat=True))
    return [Shown(player, PASSWORD) for player in PLAYERS if player.username in open_ones]


def remove(url: str) -> None:
    """Take the demo away, with everything in it, and leave an empty site. Raises `Unfit` when the site is no demo, or
    somebody opened accounts of their own in it."""
    if not is_demo():
        raise Unfit("Trang này không phải là trang mẫu, nên không xóa gì cả.")
    own = Account.objects.filter(demo=False).count()
    if own:
        raise Unfit(
            f"Trang mẫu có {own} tài khoản không phải là mẫu. Hãy đóng và sao lưu trước, rồi khởi tạo trang thật ở một "
            "cơ sở dữ liệu khác."
        )
    remove_keys()
    remove_everything(url)
    migrate(url)
