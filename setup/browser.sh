#!/bin/sh
# Installs what tests in a browser need: Chromium with its driver, and axe-core.
# What cannot be installed is named; its tests then fail with the same words.
set -eu

has_chromium() {
    command -v chromedriver > /dev/null && command -v chromium > /dev/null
}

install_chromium() {
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || return 1
    echo "Installing chromium and chromium-driver …"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq &&
        apt-get install -qq -y --no-install-recommends chromium chromium-driver; } > /dev/null
}

has_chromium || install_chromium || echo "Chromium is missing. Tests in a browser" \
    "need it (on Debian: apt-get install chromium chromium-driver)."

if [ ! -f node_modules/axe-core/axe.min.js ]; then
    if ! command -v npm > /dev/null; then
        echo "node and npm are missing. The accessibility tests need them" \
            "(on Debian: apt-get install nodejs npm)."
    else
        sh setup/node.sh || echo "axe-core could not be fetched, which the accessibility tests need."
    fi
fi
