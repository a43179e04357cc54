#!/bin/sh
# Makes .venv and installs a pinned list into it: environment.sh requirements.txt
# The list that was installed last is kept in .venv, so that a second run has nothing to do.
set -eu

list=$1
installed=.venv/installed.txt

is_usable() {  # a virtual environment breaks when its folder or the Python under it moves
    .venv/bin/python -c '' 2> /dev/null && grep -qF " $(pwd -P)/.venv" .venv/pyvenv.cfg
}

make_environment() {
    . setup/python.sh
    echo "Making a virtual environment in .venv ($("$PYTHON" --version)) …"
    rm -rf .venv
    "$PYTHON" -m venv .venv
}

# The development list holds all that the other one does.
is_installed() {
    cmp -s "$list" "$installed" || {
        [ "$list" = requirements.txt ] && cmp -s requirements-dev.txt "$installed"
    }
}

is_usable || make_environment
if ! is_installed; then
    echo "Installing $list (once; about a minute) …"
    rm -f "$installed"
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --requirement "$list"
    cp "$list" "$installed"
fi
