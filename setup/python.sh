# Sets PYTHON to a Python that is new enough and can make virtual environments; sourced, not run.

new_enough() {
    command -v "$1" > /dev/null &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1
}

for candidate in "${PYTHON:-python3}" python3 python3.11 python3.12 python3.13 python3.14 python; do
    if new_enough "$candidate"; then
        PYTHON=$candidate
        break
    fi
    candidate=
done

if [ -z "$candidate" ]; then
    echo "The Performance Platform needs Python 3.11 or newer, and none was found." >&2
    echo "Install it (on Debian or Ubuntu: apt-get install python3 python3-venv), then try again." >&2
    exit 1
fi

if ! "$PYTHON" -c 'import ensurepip, venv' > /dev/null 2>&1; then
    echo "Python's venv is missing. Install it (on Debian or Ubuntu:" \
        "apt-get install $(basename "$PYTHON")-venv), then try again." >&2
    exit 1
fi
