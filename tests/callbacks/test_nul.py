"""A NUL, which PostgreSQL takes in no text, is a word that nothing has; never a failure."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from api.routes import ROUTES

NUL = "%00"
ADDRESSES = [
    *(f"/api{route.path.replace('<slug>', NUL)}" for route in ROUTES),
    "/api/services?q=%00",
    "/api/services?department=%00&agency=%00&category=%00",
    "/api/kpis?period=year&start_at=2016-10-01&end_at=2017-10-01&department=%00",
    "/api/compare?service=%00",
    "/data/%00/realtime",
    "/data/tax/%00",
    "/data/tax/realtime?filter_by=%00:%00",
    "/services/%00",
    "/services/%00/data.csv",
    "/organisations/%00",
    "/services?q=%00",
    "/data?q=%00",
    "/embed/services/%00",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_looked_for_and_not_found(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Authorization": "Bearer nobody"})
    assert answer.status_code in (200, 400, 401, 404), answer.text
