#!/bin/sh
# Pins requirements.in and requirements-dev.in, with all they rest on, as one resolves them today.
set -eu

. setup/python.sh

pin() {  # pin NAME: resolves NAME.in in an empty environment and writes NAME.txt
    folder=$(mktemp -d)
    "$PYTHON" -m venv "$folder"
    "$folder/bin/pip" install --quiet --upgrade setuptools
    "$folder/bin/pip" install --quiet --requirement "$1.in"
    {
        echo "# Made by 'make requirements' from $1.in: change that, not this."
        # The standard library has zstd from Python 3.14 on, where the backport does not install.
        "$folder/bin/pip" freeze --all --exclude pip |
            sed -E 's/^(backports\.zstd==.*)/\1; python_version < "3.14"/'
    } > "$1.txt"
    rm -r "$folder"
}

pin requirements
pin requirements-dev
