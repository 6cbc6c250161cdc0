"""Seals of a site: made once, standing until a later one takes their place, verified, erased from."""

import pytest

from cast import Cast
from congtam.scores.models import Seal
from congtam.scores.seals import sealed_scores
from sealed_scene import OF_A, play, sealed, settle_limits

pytestmark = pytest.mark.django_db


def test_smoke(cast: Cast) -> None:
    play(cast)
    settle_limits(cast)
    one = sealed(cast)
    for row in sealed_scores(one).values():
        print(row.person.code, row.points, row.before, row.grade, row.by, row.cap, row.post_title)
    print(len(bytes(one.file.data)), one.envelope)
    from congtam.scores.keeping import file_of
    from congtam.engine.sealing.verify import verify
    from congtam.engine.sealing.archive import read_seal
    print(verify(read_seal(file_of(one))))
    assert 0
