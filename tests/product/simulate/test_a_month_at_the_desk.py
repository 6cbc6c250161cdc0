import time
from datetime import date
import pytest
from congtam.simulate.desk import traces, typing
from congtam.simulate.desk.month import Plan, live_through

pytestmark = pytest.mark.django_db

def test_try():
    import builtins, os
    out=open('/tmp/office/out.txt','w')
    def print(*a): builtins.print(*a, file=out, flush=True)
    t=time.process_time()
    lived = live_through(Plan(9, date(2026,10,5), date(2026,10,9)), lambda s: print(s, round(time.process_time()-t,1)))
    print(time.process_time()-t)
    log=lived.log
    acts={}
    for d in log.deeds:
        acts.setdefault(d.act,[0,0])[not d.done]+=1
    print(acts)
    for d in log.deeds:
        if not d.done: print(d)
    print(log.impossible)
    for b in log.broken[:6]: print(b)
    print(len(log.broken))
    print("WITHOUT", traces.without_trace(log)[:10], traces.without_cause(lived.now)[:5])
    print(lived.compared, lived.differing, lived.scored)
    for f in traces.figures(lived.plan.period, lived.now): print(f.card.split('/')[-1], f.indicator, f.people, f.value, f.nothing, f.missing, f.n, f.n_unknown, f.trace)
    filled=[f for m in lived.office.members.values() for f in m.browser.filled]
    for f in typing.per_form(filled): print(f)
    print(typing.spread(w.minutes for w in typing.weeks(filled, lived.office.members, [date(2026,10,5),date(2026,10,12)])))
    assert 0
