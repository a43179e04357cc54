#!/bin/sh
# Installs what tests of databases need: PostgreSQL and Redis. The tests start their own.
# What cannot be installed is named; its tests then fail with the same words.
set -eu

has_postgresql() {
    ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || command -v initdb > /dev/null
}

has_redis() {
    command -v redis-server > /dev/null
}

install() {  # install PACKAGE
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || return 1
    echo "Installing $1 …"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends "$1"; } > /dev/null
}

has_postgresql || install postgresql || echo "PostgreSQL is missing. Tests of databases" \
    "need it (on Debian: apt-get install postgresql)."
has_redis || install redis-server || echo "Redis is missing. Tests of the cache" \
    "need it (on Debian: apt-get install redis-server)."
