import pytest, time, cProfile, pstats
from board_scene import Office
pytestmark = pytest.mark.django_db
def test_t(office: Office) -> None:
    for n in range(10): office.delivered(f"V{n}")
    shares=[office.share(f"V{n}") for n in range(10)]
    c=office.client("truong-mot"); p=cProfile.Profile(); p.enable()
    r=c.post("/bang-viec/lam/", {"lam":"nghiem-thu","viec":shares})
    p.disable(); st=pstats.Stats(p); st.sort_stats("cumulative"); st.print_stats("congtam", 45)
    assert 0
