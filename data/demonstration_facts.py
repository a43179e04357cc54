"""What was published: three years' figures of some well-known services, and their source.

Source: GOV.UK Performance Platform, transactional services download. Crown copyright, published
under the Open Government Licence v3.0
(https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/).

Each year runs from October to September. A figure that was not published is None, never nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SOURCE = "GOV.UK Performance Platform, transactional services download"
LICENCE = "Open Government Licence v3.0"


@dataclass(frozen=True)
class YearFacts:
    """One service's published year from ``start``: transactions, and pounds per transaction."""

    start: date
    transactions: int
    digital: int
    cost: Decimal | None = None
    digital_cost: Decimal | None = None

    @property
    def pence(self) -> int | None:
        """What the year cost, in pence: cost per transaction times transactions."""
        return None if self.cost is None else int(self.cost * 100 * self.transactions)

    @property
    def digital_pence(self) -> int:
        """What the digital transactions cost, in pence; 0 where that was not published."""
        return int((self.digital_cost or 0) * 100 * self.digital)


def _year(
    start: int, transactions: int, digital: int, cost: str = "", digital_cost: str = ""
) -> YearFacts:
    return YearFacts(
        date(start, 10, 1), transactions, digital, _pounds(cost), _pounds(digital_cost)
    )


def _pounds(text: str) -> Decimal | None:
    return Decimal(text) if text else None


YEARS: Mapping[str, tuple[YearFacts, YearFacts, YearFacts]] = {
    "dft-tax-a-vehicle": (
        _year(2014, 46_907_689, 33_960_807, "0.98"),
        _year(2015, 47_468_362, 37_438_488, "1.14"),
        _year(2016, 47_055_169, 38_522_671, "1.10"),
    ),
    "dft-renew-driving-licence": (
        _year(2014, 4_374_907, 1_768_096, "10.30"),
        _year(2015, 4_187_705, 1_820_625, "9.97"),
        _year(2016, 4_124_587, 2_020_405, "10.40"),
    ),
    "dft-request-statutory-off-road-notice-sorn": (
        _year(2014, 3_286_909, 2_905_619, "0.82"),
        _year(2015, 3_610_095, 3_342_940, "0.83"),
        _year(2016, 3_793_771, 3_555_343, "0.83"),
    ),
    "dft-report-change-of-ownership-of-vehicle": (
        _year(2014, 6_469_842, 369_873, "3.12"),
        _year(2015, 7_614_180, 2_434_664, "2.46"),
        _year(2016, 9_464_222, 4_980_151, "2.01"),
    ),
    "dft-apply-for-a-provisional-driving-licence": (
        _year(2014, 1_131_335, 680_148, "8.46"),
        _year(2015, 1_110_290, 735_160, "8.28"),
        _year(2016, 1_122_022, 777_449, "8.80"),
    ),
    "dft-check-your-own-driver-details": (
        _year(2014, 6_857_101, 6_751_400, "0.18"),
        _year(2015, 14_809_145, 14_736_596, "0.12"),
        _year(2016, 17_606_215, 17_570_614, "0.09"),
    ),
    "dft-book-theory-driving-test": (
        _year(2014, 2_344_598, 2_312_129),
        _year(2015, 2_502_856, 2_469_845),
        _year(2016, 2_459_253, 2_420_349),
    ),
    "dft-book-practical-driving-test": (
        _year(2014, 2_117_656, 2_062_354),
        _year(2015, 2_214_875, 2_163_110, "0.55", "0.32"),
        _year(2016, 2_336_377, 2_290_271, "0.44", "0.33"),
    ),
    "co-voter-registration": (
        _year(2014, 8_828_143, 6_863_160),
        _year(2015, 9_930_588, 7_884_349),
        _year(2016, 8_104_238, 6_188_972),
    ),
    "dwp-jobseekers-allowance-jsa-new-claims": (
        _year(2014, 1_958_003, 1_699_934),
        _year(2015, 1_348_276, 1_133_225),
        _year(2016, 1_007_037, 827_168),
    ),
    "dwp-state-pension-claims": (
        _year(2014, 428_404, 109_773),
        _year(2015, 451_739, 129_211),
        _year(2016, 434_682, 180_705),
    ),
    "dwp-carers-allowance-new-claims": (
        _year(2014, 298_272, 189_050),
        _year(2015, 277_795, 214_673),
        _year(2016, 282_303, 240_940),
    ),
    "bis-official-copies-from-land-registry": (
        _year(2014, 9_334_971, 9_230_638, "3.16", "3.13"),
        _year(2015, 10_183_562, 10_094_981, "3.16", "3.12"),
        _year(2016, 10_904_848, 10_845_440),
    ),
    "bis-register-a-trade-mark-tm3-applications": (
        _year(2014, 53_985, 53_209, "216.00", "204.85"),
        _year(2015, 58_901, 58_276),
        _year(2016, 71_438, 70_824),
    ),
    "bis-redundancy-payments-claims-consolidated": (
        _year(2014, 100_180, 26_566, "79.86", "79.86"),
        _year(2015, 101_644, 101_164, "82.44", "82.44"),
        _year(2016, 91_874, 91_874),
    ),
    "defra-fishing-rod-licences-applications": (
        _year(2014, 1_293_685, 586_199, "1.66", "1.32"),
        _year(2015, 1_205_973, 646_155, "1.70"),
        _year(2016, 1_164_471, 770_422, "1.24"),
    ),
    "defra-flood-warnings-registration": (
        _year(2014, 14_896, 5_053, "5.05", "7.11"),
        _year(2015, 50_174, 20_927, "3.68"),
        _year(2016, 32_787, 14_655, "4.34"),
    ),
    "bis-student-finance-applications-full-time-study": (
        _year(2014, 1_263_465, 1_225_793, "44.45", "42.92"),
        _year(2015, 1_276_586, 1_239_609, "45.16", "43.67"),
        _year(2016, 1_292_758, 1_252_381, "42.13", "40.74"),
    ),
    "bis-apprenticeship-vacancies-applications": (
        _year(2014, 1_577_395, 1_577_395, "2.50", "2.50"),
        _year(2015, 1_633_731, 1_633_731),
        _year(2016, 1_708_596, 1_708_596),
    ),
    "hmrc-business-rates-appeal": (
        _year(2014, 278_246, 221_318),
        _year(2015, 96_299, 77_554),
        _year(2016, 114_207, 81_150),
    ),
    "home-office-enhanced-criminal-records-checks": (
        _year(2014, 3_909_954, 2_599_510),
        _year(2015, 3_969_385, 2_983_699),
        _year(2016, 3_921_728, 3_165_725),
    ),
    "home-office-ordering-certificates-births-adoptions-marriages-civil-partnerships-deaths": (
        _year(2014, 1_269_660, 1_089_964),
        _year(2015, 1_335_910, 1_154_360),
        _year(2016, 1_327_057, 1_162_864),
    ),
}
