import time, pytest
from django.db import transaction
pytestmark = pytest.mark.django_db
def test_x():
    from cast import build
    import year_scene as y
    t=time.time()
    def lap(n):
        nonlocal t
        print(n, round(time.time()-t,2)); t=time.time()
    cast=build(); lap("cast")
    import cProfile,pstats
    p=cProfile.Profile(); p.enable()
    cycle=y.year_on_the_way(cast); lap("way")
    p.disable(); pstats.Stats(p).sort_stats("cumulative").print_stats(45)
    from congtam.closing.blocks import blocks
    from congtam.closing.sealing import accept, close
    from cycle_scene import seat
    p=cProfile.Profile(); p.enable()
    (gap,)=blocks(cycle,y.NOW); lap("blocks")
    accept(seat(cast,"giam-doc",y.NOW),cycle,gap.about,"x",y.NOW); lap("accept")
    close(seat(cast,"giam-doc",y.NOW),cycle,y.NOW); lap("close")
    p.disable(); pstats.Stats(p).sort_stats("cumulative").print_stats(40)
