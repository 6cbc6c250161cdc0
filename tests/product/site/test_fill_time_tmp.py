import time, cProfile
from congtam.serving import demo
import congtam
def test_fill(transactional_db):
    print(congtam.__file__)
    t=time.perf_counter(); c=time.process_time()
    demo.fill(lambda _: None)
    print("FILL", time.perf_counter()-t, "cpu", time.process_time()-c)
