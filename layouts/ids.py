"""Ids of components that callbacks read or write, prefixed by the page they are on."""

# The whole app
APP_URL = "app-url"
# Overview and organisation
PERIOD_CHOICE = "period-choice"
# Charts of any page; completed with the module's name
LIVE_CHART = "live-chart"
ORGANISATION_CHART = "organisation-chart"
