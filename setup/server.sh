#!/bin/sh
# Brings the database up to date, loads the demonstration data when it is empty, and serves.
set -eu

export PORT="${PORT:-8050}"
flask() { .venv/bin/python -m flask --app app "$@"; }

.venv/bin/python setup/port.py "$PORT"
# Importing brings the tables up to date as well, and each command takes seconds to start.
if [ "${DEMONSTRATION:-yes}" = no ]; then
    flask database upgrade
else
    flask import demonstration --if-empty
fi

cat <<END

The Performance Platform is at http://127.0.0.1:$PORT (Ctrl+C stops it).
To load your own figures, in another terminal:
    .venv/bin/flask --app app import transactional-services FILE

END
exec .venv/bin/python -m gunicorn app:server
