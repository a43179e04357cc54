"""Who runs the services of the demonstration and what they are for.

Names and slugs are those of the published download (see ``demonstration_facts``); addresses are
today's on GOV.UK, and the descriptions are our own.
"""

from __future__ import annotations

from data.demonstration_facts import YEARS
from data.entries import OrganisationEntry, ServiceEntry

DFT, DVLA, DVSA = (
    "department-for-transport",
    "driver-and-vehicle-licensing-agency",
    "driver-and-vehicle-standards-agency",
)
CABINET_OFFICE, DWP = "cabinet-office", "department-for-work-and-pensions"
BEIS, LAND_REGISTRY, INSOLVENCY, PATENTS = (
    "department-for-business-energy-and-industrial-strategy",
    "land-registry",
    "insolvency-service",
    "intellectual-property-office",
)
DEFRA, ENVIRONMENT = "department-for-environment-food-and-rural-affairs", "environment-agency"
DFE, SKILLS, LOANS = (
    "department-for-education",
    "education-and-skills-funding-agency",
    "student-loans-company",
)
HMRC, VALUATION = "hm-revenue-and-customs", "valuation-office-agency"
HOME_OFFICE, DISCLOSURE, PASSPORTS = (
    "home-office",
    "disclosure-and-barring-service",
    "hm-passport-office",
)

ORGANISATIONS: tuple[OrganisationEntry, ...] = (
    OrganisationEntry(BEIS, "Department for Business, Energy and Industrial Strategy", "BEIS"),
    OrganisationEntry(CABINET_OFFICE, "Cabinet Office", "CO"),
    OrganisationEntry(DEFRA, "Department for Environment, Food and Rural Affairs", "Defra"),
    OrganisationEntry(DFE, "Department for Education", "DfE"),
    OrganisationEntry(DFT, "Department for Transport", "DfT"),
    OrganisationEntry(DWP, "Department for Work and Pensions", "DWP"),
    OrganisationEntry(HMRC, "HM Revenue and Customs", "HMRC"),
    OrganisationEntry(HOME_OFFICE, "Home Office", "Home Office"),
    OrganisationEntry(DISCLOSURE, "Disclosure and Barring Service", "DBS", HOME_OFFICE),
    OrganisationEntry(DVLA, "Driver and Vehicle Licensing Agency", "DVLA", DFT),
    OrganisationEntry(DVSA, "Driver and Vehicle Standards Agency", "DVSA", DFT),
    OrganisationEntry(ENVIRONMENT, "Environment Agency", "EA", DEFRA),
    OrganisationEntry(INSOLVENCY, "Insolvency Service", "INSS", BEIS),
    OrganisationEntry(LAND_REGISTRY, "Land Registry", "HMLR", BEIS),
    OrganisationEntry(LOANS, "Student Loans Company", "SLC", DFE),
    OrganisationEntry(PASSPORTS, "HM Passport Office", "HMPO", HOME_OFFICE),
    OrganisationEntry(PATENTS, "Intellectual Property Office", "IPO", BEIS),
    OrganisationEntry(SKILLS, "Education and Skills Funding Agency", "", DFE),
    OrganisationEntry(VALUATION, "Valuation Office Agency", "VOA", HMRC),
)

LICENCE, INFORMING, ASKING = (
    "Requesting a licence or consent",
    "Providing information",
    "Requesting information",
)
BOOKING, REGISTERING, BENEFITS, ORDERING = (
    "Booking events and resources",
    "Registering",
    "Requesting benefits, payments or loans",
    "Ordering goods",
)
FEES, TAXPAYERS = "Fees and charges", "Taxpayers"
# Fewer transactions than this in the latest year is not a high-volume service.
HIGH_VOLUME = 1_000_000


def _service(
    slug: str,
    name: str,
    organisation: str,
    *,
    category: str,
    business_model: str,
    path: str,
    description: str,
    customer_type: str = "Individuals",
) -> ServiceEntry:
    return ServiceEntry(
        slug=slug,
        name=name,
        organisation=organisation,
        category=category,
        business_model=business_model,
        customer_type=customer_type,
        url=f"https://www.gov.uk/{path}",
        description=description,
        high_volume=YEARS[slug][-1].transactions >= HIGH_VOLUME,
    )


SERVICES: tuple[ServiceEntry, ...] = (
    _service(
        "dft-tax-a-vehicle",
        "Vehicle tax renewals",
        DVLA,
        category=LICENCE,
        business_model=FEES,
        path="vehicle-tax",
        description="Pay the tax that a car or motorcycle needs before it may go on the road.",
    ),
    _service(
        "dft-renew-driving-licence",
        "Driving licence renewals",
        DVLA,
        category=INFORMING,
        business_model=FEES,
        path="renew-driving-licence",
        description="Keep a driving licence valid, with a new photo every ten years.",
    ),
    _service(
        "dft-request-statutory-off-road-notice-sorn",
        "SORN (statutory off-road notification) applications",
        DVLA,
        category=INFORMING,
        business_model=FEES,
        path="make-a-sorn",
        description="Say that a vehicle stays off the road, so that it needs no tax.",
    ),
    _service(
        "dft-report-change-of-ownership-of-vehicle",
        "Change of registered keeper: notifications",
        DVLA,
        category=INFORMING,
        business_model=FEES,
        path="sold-bought-vehicle",
        description="Say that a vehicle has been sold or passed on, and who keeps it now.",
    ),
    _service(
        "dft-apply-for-a-provisional-driving-licence",
        "Provisional driving licence applications",
        DVLA,
        category=LICENCE,
        business_model=FEES,
        path="apply-first-provisional-driving-licence",
        description="Get the first licence, the one that learners need before they may practise.",
    ),
    _service(
        "dft-check-your-own-driver-details",
        "Driving licence checks by licence holders",
        DVLA,
        category=ASKING,
        business_model=FEES,
        path="view-driving-licence",
        description="See one's own driving record: what one may drive, and any penalty points.",
    ),
    _service(
        "dft-book-theory-driving-test",
        "Driving theory test bookings",
        DVSA,
        category=BOOKING,
        business_model=FEES,
        path="book-theory-test",
        description="Choose a place and a time for the test on rules and hazards that comes first.",
    ),
    _service(
        "dft-book-practical-driving-test",
        "Practical driving test bookings",
        DVSA,
        category=BOOKING,
        business_model=FEES,
        path="book-driving-test",
        description="Choose a place and a time for the driving test on the road.",
    ),
    _service(
        "co-voter-registration",
        "Voter registrations",
        CABINET_OFFICE,
        category=REGISTERING,
        business_model=TAXPAYERS,
        path="register-to-vote",
        description="Get on the electoral register, so as to vote in elections and referendums.",
    ),
    _service(
        "dwp-jobseekers-allowance-jsa-new-claims",
        "Jobseeker's Allowance: new claims",
        DWP,
        category=BENEFITS,
        business_model=TAXPAYERS,
        path="jobseekers-allowance",
        description="Money for people without work while they look for a job.",
    ),
    _service(
        "dwp-state-pension-claims",
        "State Pension: new claims",
        DWP,
        category=BENEFITS,
        business_model=TAXPAYERS,
        path="get-state-pension",
        description="Claim the regular payment that people get once they reach pension age.",
    ),
    _service(
        "dwp-carers-allowance-new-claims",
        "Carer's Allowance: new claims",
        DWP,
        category=BENEFITS,
        business_model=TAXPAYERS,
        path="carers-allowance",
        description="Money for people who spend most of the working week looking after someone.",
    ),
    _service(
        "bis-official-copies-from-land-registry",
        "Requests to Land Registry for official copies of records",
        LAND_REGISTRY,
        category=ORDERING,
        business_model=FEES,
        path="government/collections/business-e-services",
        description="Order proof of who owns a property and where its boundaries lie.",
        customer_type="Business",
    ),
    _service(
        "bis-register-a-trade-mark-tm3-applications",
        "Trade mark applications",
        PATENTS,
        category=REGISTERING,
        business_model=FEES,
        path="how-to-register-a-trade-mark",
        description="Protect a brand's name or logo, so that nobody else may trade under it.",
        customer_type="Business",
    ),
    _service(
        "bis-redundancy-payments-claims-consolidated",
        "Redundancy payments",
        INSOLVENCY,
        category="",
        business_model=TAXPAYERS,
        path="claim-redundancy",
        description="Money that is owed to people whose employer went bust.",
    ),
    _service(
        "defra-fishing-rod-licences-applications",
        "Applications for fishing rod licences",
        ENVIRONMENT,
        category=LICENCE,
        business_model=FEES,
        path="fishing-licences",
        description="Buy the licence that anglers need to fish with a rod in rivers and lakes.",
    ),
    _service(
        "defra-flood-warnings-registration",
        "Registrations to receive flood warnings",
        ENVIRONMENT,
        category=REGISTERING,
        business_model=FEES,
        path="sign-up-for-flood-warnings",
        description="Ask to be told by phone, text or email when a home or business may flood.",
        customer_type="Business",
    ),
    _service(
        "bis-student-finance-applications-full-time-study",
        "Student finance: applications for full-time study support",
        LOANS,
        category=BENEFITS,
        business_model=TAXPAYERS,
        path="apply-online-for-student-finance",
        description="Borrow money for fees and living costs while at university or college.",
    ),
    _service(
        "bis-apprenticeship-vacancies-applications",
        "Apprenticeships: applications",
        SKILLS,
        category=INFORMING,
        business_model=TAXPAYERS,
        path="apply-apprenticeship",
        description="Find a job with training in England, and send the employer an application.",
    ),
    _service(
        "hmrc-business-rates-appeal",
        "Business rates appeals",
        VALUATION,
        category=INFORMING,
        business_model=TAXPAYERS,
        path="introduction-to-business-rates",
        description="Ask for the value on which a business pays its rates to be put right.",
        customer_type="Business",
    ),
    _service(
        "home-office-enhanced-criminal-records-checks",
        "Enhanced criminal records checks",
        DISCLOSURE,
        category=LICENCE,
        business_model=FEES,
        path="disclosure-barring-service-check",
        description="Have someone's record looked up before they work with children.",
    ),
    _service(
        "home-office-ordering-certificates-births-adoptions-marriages-civil-partnerships-deaths",
        "Orders for a copy of a birth, death or marriage certificate",
        PASSPORTS,
        category=ORDERING,
        business_model=FEES,
        path="order-copy-birth-death-marriage-certificate",
        description="Buy an official copy of a birth, death or marriage certificate.",
    ),
)
