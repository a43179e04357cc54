"""How each service of the demonstration behaves between its published totals: made up, but fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from data.simulation import Peak

PAPER, PHONE, ASSISTED = "paper", "phone", "assisted digital"
NO_SEASONS = (1.0,) * 12
# Car sales follow the new number plates of March and September.
NEW_PLATES = (1.02, 0.93, 1.18, 1.02, 0.97, 1.0, 1.0, 0.98, 1.16, 1.02, 0.95, 0.8)
AFTER_NEW_YEAR = (1.28, 1.06, 1.0, 0.95, 0.92, 0.95, 1.08, 1.08, 1.1, 1.0, 0.95, 0.7)
LEARNERS = (1.12, 1.05, 1.05, 0.97, 0.95, 1.0, 1.1, 1.1, 1.05, 1.02, 0.98, 0.68)
STUDENTS = (0.25, 1.0, 1.7, 1.8, 2.1, 1.6, 1.0, 1.2, 0.9, 0.35, 0.15, 0.1)
ANGLERS = (0.3, 0.45, 1.4, 1.6, 1.5, 1.7, 1.6, 1.5, 0.9, 0.55, 0.35, 0.2)
HOUSE_MOVES = (0.85, 0.92, 1.08, 1.0, 1.02, 1.08, 1.1, 1.05, 1.05, 1.06, 1.03, 0.7)


def weeks_from(monday: date, weeks: int) -> tuple[date, ...]:
    """The Mondays of some weeks in a row."""
    return tuple(monday + timedelta(weeks=n) for n in range(weeks))


@dataclass(frozen=True)
class Met:
    """An error or a piece of help: at which stage, which, and for how many of the people there."""

    stage: str
    which: str
    share: float


@dataclass(frozen=True)
class Behaviour:
    """One service's shape.

    ``others`` shares out what is not digital among channels. ``weekend`` is Saturday's digital
    volume as a share of a weekday's. ``completion`` and ``satisfaction`` run from the first to
    the last day (0 to 1). ``answers`` is how many of the digital users give a rating, ``drop``
    how far satisfaction falls in the last month. ``minutes`` is how long a visit lasts; 0 where
    nobody counts live users. ``errors`` are met, and ``help`` is opened, by a share of the people
    at a stage.
    """

    slug: str
    group: str
    others: tuple[tuple[str, float], ...] = ((PAPER, 1.0),)
    period: str = "day"
    seasons: tuple[float, ...] = NO_SEASONS
    weekend: float = 0.6
    month_end: float = 0.0
    peaks: tuple[Peak, ...] = ()
    outages: tuple[date, ...] = ()
    missing: tuple[date, ...] = ()
    stages: tuple[str, ...] = ()
    optional_stages: tuple[str, ...] = ()
    hardest: str = ""
    stage_names: tuple[tuple[str, str], ...] = ()
    errors: tuple[Met, ...] = ()
    help: tuple[Met, ...] = ()
    completion: tuple[float, float] = (0.7, 0.75)
    satisfaction: tuple[float, float] = (0.84, 0.87)
    answers: float = 0.0
    ratings: str = "week"
    drop: float = 0.0
    minutes: float = 0.0
    reports_little: bool = False

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel of the service, digital first."""
        return ("digital", *(name for name, _ in self.others))


BEHAVIOURS: tuple[Behaviour, ...] = (
    Behaviour(
        "dft-tax-a-vehicle",
        "vehicle-tax",
        others=((PHONE, 0.3), (PAPER, 0.7)),
        seasons=NEW_PLATES,
        month_end=1.1,
        outages=weeks_from(date(2016, 3, 7), 1),
        stages=("start", "reference-number", "vehicle-details", "payment", "confirmation"),
        optional_stages=("direct-debit",),
        hardest="reference-number",
        completion=(0.78, 0.84),
        satisfaction=(0.88, 0.9),
        answers=0.004,
        ratings="day",
        minutes=6,
    ),
    Behaviour(
        "dft-renew-driving-licence",
        "driving-licence-renewal",
        seasons=(1.08, 1.02, 1.05, 1.0, 1.0, 1.0, 1.02, 1.0, 1.02, 1.0, 0.95, 0.8),
        stages=("start", "identity", "photo", "address", "payment", "confirmation"),
        optional_stages=("medical-questions",),
        hardest="identity",
        completion=(0.58, 0.69),
        satisfaction=(0.82, 0.86),
        answers=0.02,
        minutes=10,
    ),
    Behaviour(
        "dft-request-statutory-off-road-notice-sorn",
        "sorn",
        others=((PHONE, 0.4), (PAPER, 0.6)),
        seasons=(0.95, 0.9, 0.95, 0.9, 0.9, 0.9, 0.95, 1.0, 1.15, 1.3, 1.15, 0.95),
        month_end=1.4,
        stages=("start", "reference-number", "vehicle-details", "declaration", "confirmation"),
        hardest="reference-number",
        completion=(0.82, 0.86),
        satisfaction=(0.89, 0.9),
        answers=0.01,
    ),
    Behaviour(
        "dft-report-change-of-ownership-of-vehicle",
        "vehicle-keeper-change",
        seasons=NEW_PLATES,
        weekend=0.95,
        stages=("start", "log-book", "seller", "buyer", "check-answers", "confirmation"),
        optional_stages=("motor-trader",),
        hardest="log-book",
        completion=(0.66, 0.8),
        satisfaction=(0.83, 0.88),
        answers=0.02,
        minutes=7,
    ),
    Behaviour(
        "dft-apply-for-a-provisional-driving-licence",
        "provisional-licence",
        seasons=(1.05, 1.0, 1.0, 0.95, 0.95, 1.08, 1.22, 1.2, 1.1, 1.0, 0.9, 0.65),
        weekend=0.75,
        stages=("start", "about-you", "identity", "addresses", "payment", "confirmation"),
        optional_stages=("medical-questions",),
        hardest="identity",
        completion=(0.52, 0.6),
        satisfaction=(0.8, 0.83),
        answers=0.03,
        minutes=12,
    ),
    Behaviour(
        "dft-check-your-own-driver-details",
        "driver-details",
        others=((PHONE, 1.0),),
        seasons=(0.9, 0.92, 0.97, 1.0, 1.05, 1.14, 1.2, 1.1, 1.0, 0.95, 0.92, 0.8),
        # The paper part of the licence ended that day, and hirers asked for a code instead.
        peaks=(Peak(date(2015, 6, 8), 1.6, 2, 20),),
        stages=("start", "enter-details", "licence-summary"),
        hardest="enter-details",
        completion=(0.75, 0.81),
        satisfaction=(0.85, 0.88),
        answers=0.003,
        minutes=4,
    ),
    Behaviour(
        "dft-book-theory-driving-test",
        "theory-test",
        others=((PHONE, 1.0),),
        seasons=LEARNERS,
        weekend=0.7,
        stages=("start", "licence-details", "test-centre", "date-and-time", "payment", "booked"),
        optional_stages=("extra-support",),
        hardest="date-and-time",
        completion=(0.68, 0.74),
        satisfaction=(0.9, 0.91),
        answers=0.05,
        ratings="day",
        minutes=8,
    ),
    Behaviour(
        "dft-book-practical-driving-test",
        "practical-test",
        others=((PHONE, 1.0),),
        seasons=LEARNERS,
        weekend=0.72,
        outages=weeks_from(date(2017, 2, 13), 1),
        stages=("start", "licence-details", "test-centre", "date-and-time", "payment", "booked"),
        hardest="date-and-time",
        completion=(0.61, 0.58),
        satisfaction=(0.83, 0.78),
        answers=0.04,
        ratings="day",
        minutes=9,
    ),
    Behaviour(
        "co-voter-registration",
        "voter-registration",
        seasons=(0.9, 1.0, 1.05, 1.1, 1.0, 0.9, 0.7, 0.8, 1.1, 1.3, 1.15, 0.7),
        weekend=0.75,
        # The last days to register before elections and the referendum of June 2016.
        peaks=(
            Peak(date(2015, 2, 5), 6, 2),
            Peak(date(2015, 4, 20), 16, 5),
            Peak(date(2016, 4, 18), 5, 4),
            Peak(date(2016, 6, 7), 22, 4, 1.5),
            Peak(date(2017, 4, 13), 4, 4),
            Peak(date(2017, 5, 22), 28, 4),
        ),
        stages=("start", "nationality", "name", "date-of-birth", "address", "confirmation"),
        optional_stages=("previous-name", "postal-vote"),
        hardest="address",
        completion=(0.83, 0.87),
        satisfaction=(0.91, 0.92),
        answers=0.02,
        ratings="day",
        minutes=5,
    ),
    Behaviour(
        "dwp-jobseekers-allowance-jsa-new-claims",
        "jobseekers-allowance",
        others=((ASSISTED, 0.35), (PHONE, 0.65)),
        seasons=AFTER_NEW_YEAR,
        weekend=0.4,
        outages=weeks_from(date(2016, 1, 18), 1),
        stages=("start", "about-you", "work-history", "money", "declaration", "claim-sent"),
        optional_stages=("partner", "self-employment"),
        hardest="work-history",
        completion=(0.47, 0.53),
        satisfaction=(0.74, 0.77),
        answers=0.03,
        minutes=25,
    ),
    Behaviour(
        "dwp-state-pension-claims",
        "state-pension",
        others=((PHONE, 0.75), (PAPER, 0.25)),
        seasons=(1.1, 1.05, 1.05, 1.0, 1.0, 1.0, 0.98, 0.96, 1.02, 1.02, 1.0, 0.82),
        weekend=0.45,
        stages=("start", "about-you", "pension-date", "bank-details", "declaration", "claim-sent"),
        optional_stages=("partner", "time-abroad"),
        hardest="about-you",
        completion=(0.55, 0.67),
        satisfaction=(0.81, 0.86),
        answers=0.12,
        minutes=20,
    ),
    Behaviour(
        "dwp-carers-allowance-new-claims",
        "carers-allowance",
        seasons=(1.1, 1.05, 1.04, 0.98, 1.0, 1.0, 1.02, 1.0, 1.02, 1.02, 0.98, 0.75),
        weekend=0.5,
        missing=weeks_from(date(2015, 6, 1), 5),
        stages=(
            "eligibility",
            "about-you",
            "care-you-provide",
            "other-money",
            "payment-details",
            "declaration",
            "claim-sent",
        ),
        optional_stages=("your-partner", "employment"),
        hardest="about-you",
        stage_names=(("other-money", "Other money you get"), ("declaration", "Your declaration")),
        errors=(
            Met("about-you", "Enter a National Insurance number", 0.072),
            Met("about-you", "Enter a real date of birth", 0.031),
            Met("about-you", "Enter a full UK postcode", 0.024),
            Met("about-you", "Choose yes or no", 0.011),
            Met("care-you-provide", "Say when the care began", 0.055),
            Met("care-you-provide", "Enter 35 hours or more", 0.028),
            Met("payment-details", "Enter a sort code of 6 digits", 0.041),
            Met("payment-details", "Enter an account number of 8 digits", 0.022),
        ),
        help=(
            Met("eligibility", "Who counts as severely disabled", 0.12),
            Met("eligibility", "What counts as care", 0.085),
            Met("about-you", "Where to find your number", 0.064),
            Met("care-you-provide", "How to add up the hours", 0.11),
            Met("other-money", "Which benefits to tell us about", 0.09),
        ),
        completion=(0.52, 0.62),
        satisfaction=(0.84, 0.875),
        answers=0.45,
        ratings="day",
        drop=0.032,
        minutes=18,
    ),
    Behaviour(
        "bis-official-copies-from-land-registry",
        "land-registry-copies",
        seasons=HOUSE_MOVES,
        weekend=0.12,
        stages=("sign-in", "find-property", "choose-documents", "payment", "delivered"),
        hardest="find-property",
        completion=(0.85, 0.88),
        satisfaction=(0.87, 0.89),
        answers=0.002,
    ),
    Behaviour(
        "bis-register-a-trade-mark-tm3-applications",
        "trade-marks",
        period="month",
        weekend=0.3,
        seasons=(0.98, 1.02, 1.1, 1.0, 1.0, 1.0, 1.0, 0.95, 1.02, 1.05, 1.05, 0.8),
        stages=("start", "owner", "your-mark", "classes", "payment", "application-sent"),
        hardest="classes",
        completion=(0.5, 0.56),
        satisfaction=(0.8, 0.85),
        answers=0.06,
    ),
    Behaviour(
        "bis-redundancy-payments-claims-consolidated",
        "redundancy-payments",
        period="month",
        weekend=0.4,
        seasons=(1.2, 1.1, 1.05, 1.0, 0.95, 1.0, 1.0, 0.95, 1.0, 1.0, 0.95, 0.75),
        peaks=(Peak(date(2016, 8, 28), 2.5, 10, 14),),
        stages=("start", "employer", "about-you", "what-you-are-owed", "declaration", "claim-sent"),
        optional_stages=("holiday-pay",),
        hardest="what-you-are-owed",
        completion=(0.6, 0.71),
        satisfaction=(0.76, 0.83),
        answers=0.1,
    ),
    Behaviour(
        "defra-fishing-rod-licences-applications",
        "fishing-licences",
        others=((PHONE, 0.1), (PAPER, 0.9)),
        seasons=ANGLERS,
        weekend=1.1,
        # Coarse fishing on rivers opens on 16 June.
        peaks=tuple(Peak(date(year, 6, 16), 1.2, 4, 3) for year in (2015, 2016, 2017)),
        missing=weeks_from(date(2016, 2, 8), 2),
        stages=("start", "licence-type", "about-you", "payment", "licence-bought"),
        optional_stages=("concession",),
        hardest="about-you",
        completion=(0.7, 0.81),
        satisfaction=(0.83, 0.9),
        answers=0.04,
    ),
    Behaviour(
        "defra-flood-warnings-registration",
        "flood-warnings",
        others=((PHONE, 1.0),),
        period="quarter",
        # The storms of December 2015.
        peaks=(Peak(date(2015, 12, 28), 6, 20, 25), Peak(date(2016, 11, 22), 2, 10, 20)),
        reports_little=True,
    ),
    Behaviour(
        "bis-student-finance-applications-full-time-study",
        "student-finance",
        seasons=STUDENTS,
        weekend=0.55,
        outages=weeks_from(date(2017, 5, 15), 1),
        stages=("sign-in", "about-you", "your-course", "household-income", "terms", "sent"),
        optional_stages=("parents-details",),
        hardest="household-income",
        stage_names=(("terms", "Terms and conditions"), ("sent", "Application sent")),
        errors=(
            Met("sign-in", "Customer reference number or password is wrong", 0.14),
            Met("household-income", "Enter the income in pounds", 0.06),
            Met("household-income", "Give the details of both parents", 0.035),
            Met("your-course", "Choose a course from the list", 0.05),
        ),
        help=(
            Met("household-income", "Whose income counts", 0.21),
            Met("household-income", "Which tax year", 0.13),
            Met("sign-in", "Forgotten your password", 0.09),
        ),
        completion=(0.62, 0.66),
        satisfaction=(0.72, 0.76),
        answers=0.03,
        minutes=30,
    ),
    Behaviour(
        "bis-apprenticeship-vacancies-applications",
        "apprenticeships",
        others=(),
        seasons=(1.05, 1.05, 1.1, 1.05, 1.15, 1.25, 1.25, 1.15, 1.05, 0.85, 0.7, 0.4),
        weekend=0.65,
        stages=("find-vacancy", "sign-in", "education", "experience", "answers", "sent"),
        hardest="sign-in",
        completion=(0.48, 0.52),
        satisfaction=(0.75, 0.78),
        answers=0.01,
    ),
    Behaviour(
        "hmrc-business-rates-appeal",
        "business-rates-appeals",
        period="month",
        weekend=0.15,
        # Appeals made after 31 March 2015 could no longer be backdated.
        peaks=(Peak(date(2015, 3, 31), 14, 10),),
        stages=("start", "find-property", "grounds", "evidence", "appeal-sent"),
        hardest="grounds",
        completion=(0.58, 0.55),
    ),
    Behaviour(
        "home-office-enhanced-criminal-records-checks",
        "criminal-records-checks",
        seasons=(1.08, 1.05, 1.06, 0.95, 1.0, 1.06, 1.04, 0.92, 1.1, 1.1, 1.02, 0.65),
        weekend=0.2,
        answers=0.003,
        satisfaction=(0.78, 0.81),
    ),
    Behaviour(
        "home-office-ordering-certificates-births-adoptions-marriages-civil-partnerships-deaths",
        "certificates",
        others=((PHONE, 0.6), (PAPER, 0.4)),
        seasons=(1.1, 1.06, 1.05, 1.0, 0.98, 0.98, 1.02, 1.0, 1.0, 1.0, 0.98, 0.8),
        weekend=0.6,
        stages=("start", "certificate-type", "find-entry", "delivery", "payment", "ordered"),
        hardest="find-entry",
        completion=(0.64, 0.7),
        satisfaction=(0.85, 0.87),
        answers=0.02,
    ),
)
