"""Ids of components that callbacks read or write, prefixed by the page they are on."""

# Overview and organisation
PERIOD_CHOICE = "period-choice"
PERIOD_URL = "period-url"
# Charts of any page; completed with the module's name, or with where live figures are asked for
LIVE_CHART = "live-chart"
LIVE_TABLE = "live-table"
ORGANISATION_CHART = "organisation-chart"
# Sharing, on every page
SHARING = "sharing"
SHARING_TIME = "sharing-time"
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
# Completed with the module's name
SERVICE_ANSWERS = "service-answers"
SERVICE_JOURNEY_FROM = "service-journey-from"
SERVICE_JOURNEY_TO = "service-journey-to"
SERVICE_AGAINST_FROM = "service-against-from"
SERVICE_AGAINST_TO = "service-against-to"
SERVICE_COMPARE = "service-compare"
# Data sets
DATA_SETS_URL = "data-sets-url"
DATA_SETS_Q = "data-sets-q"
DATA_SETS_ORGANISATION = "data-sets-organisation"
DATA_SETS_TYPE = "data-sets-type"
DATA_SETS_UNPUBLISHED = "data-sets-unpublished"
DATA_SETS_RESULTS = "data-sets-results"
# API
API_REFERENCE = "api-reference"
# Publish
PUBLISH_URL = "publish-url"
PUBLISH_Q = "publish-q"
# Which data set it is: its group and type
PUBLISH_DATA_SET = "publish-data-set"
PUBLISH_FILE = "publish-file"
PUBLISH_CHOSEN = "publish-chosen"
PUBLISH_BUSY = "publish-busy"
PUBLISH_OUTLOOK = "publish-outlook"
PUBLISH_CONFIRMING = "publish-confirming"
PUBLISH_CONFIRM = "publish-confirm"
PUBLISH_READING = "publish-reading"
PUBLISH_REREADING = "publish-rereading"
PUBLISH_REREAD = "publish-reread"
# What was shown: the choices and the data set's version
PUBLISH_SHOWN = "publish-shown"
# Completed with the name of what is chosen, as `data.spreadsheets.choices` names it
PUBLISH_CHOICE = "publish-choice"
PUBLISH_RECEIPT = "publish-receipt"
PUBLISH_UNDO = "publish-undo"
PUBLISH_UNDOING = "publish-undoing"
# Correct
CORRECT_URL = "correct-url"
CORRECT_START = "correct-start"
CORRECT_RECORD = "correct-record"
CORRECT_FORM = "correct-form"
# Completed with the field's name
CORRECT_FIELD = "correct-field"
CORRECT_WHY = "correct-why"
CORRECT_CHECK = "correct-check"
CORRECT_BUSY = "correct-busy"
CORRECT_OUTLOOK = "correct-outlook"
CORRECT_SAVING = "correct-saving"
CORRECT_SAVE = "correct-save"
CORRECT_SHOWN = "correct-shown"
# Annotations
ANNOTATION_URL = "annotation-url"
ANNOTATION_COUNT = "annotation-count"
# Completed with the KPI's slug
ANNOTATION_CHART = "annotation-chart"
# Completed with the field's name
ANNOTATION_FIELD = "annotation-field"
# The service's slug, and the annotation's key
ANNOTATION_SHOWN = "annotation-shown"
ANNOTATION_FORM = "annotation-form"
ANNOTATION_SAVE = "annotation-save"
ANNOTATION_REMOVE = "annotation-remove"
ANNOTATION_PROBLEM = "annotation-problem"
# Links to a service that is not published
# Completed with the field's name
LINK_FIELD = "link-field"
# The service's slug
LINK_SERVICE = "link-service"
LINK_SHOWN = "link-shown"
LINK_MAKE = "link-make"
# Completed with the link's id
LINK_REVOKE = "link-revoke"
# Compare
COMPARE_URL = "compare-url"
COMPARE_PERIOD = "compare-period"
COMPARE_FROM = "compare-from"
COMPARE_TO = "compare-to"
COMPARE_OPENING = "compare-opening"
COMPARE_Q = "compare-q"
COMPARE_CHOSEN = "compare-chosen"
# Completed with the KPI and the service
COMPARE_CHART = "compare-chart"
