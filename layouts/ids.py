"""Ids of components that callbacks read or write, prefixed by the page they are on."""

# Overview and organisation
PERIOD_CHOICE = "period-choice"
PERIOD_URL = "period-url"
# Charts of any page; completed with the module's name
LIVE_CHART = "live-chart"
ORGANISATION_CHART = "organisation-chart"
# Services
SERVICES_URL = "services-url"
SERVICES_Q = "services-q"
SERVICES_DEPARTMENT = "services-department"
SERVICES_AGENCY = "services-agency"
SERVICES_CATEGORY = "services-category"
SERVICES_CUSTOMER_TYPE = "services-customer-type"
SERVICES_RANGE_KPI = "services-range-kpi"
SERVICES_LEAST = "services-least"
SERVICES_MOST = "services-most"
SERVICES_ORDER = "services-order"
SERVICES_RESULTS = "services-results"
# Completed with what the column is sorted by
SERVICES_SORT = "services-sort"
# Service
SERVICE_URL = "service-url"
SERVICE_PERIOD = "service-period"
SERVICE_FROM = "service-from"
SERVICE_TO = "service-to"
SERVICE_CHANNEL = "service-channel"
SERVICE_OPENING = "service-opening"
SERVICE_CHART = "service-chart"
SERVICE_CURVES = "service-curves"
# Data sets
DATA_SETS_URL = "data-sets-url"
DATA_SETS_Q = "data-sets-q"
DATA_SETS_ORGANISATION = "data-sets-organisation"
DATA_SETS_TYPE = "data-sets-type"
DATA_SETS_UNPUBLISHED = "data-sets-unpublished"
DATA_SETS_RESULTS = "data-sets-results"
# API
API_REFERENCE = "api-reference"
