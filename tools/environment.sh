#!/bin/sh
# Creates or renews the environment in .venv: `tools/environment.sh runtime` or `… develop`.
# Called by the Makefile when requirements/*.txt or pyproject.toml changed. Needs Python 3.11 or newer and nothing else.
set -eu

wanted=$1
minimum='import sys; sys.exit(sys.version_info < (3, 11))'

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14; do
        if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$minimum" 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    say 'Python 3.11 or newer is needed; none was found. PYTHON=/path/to/python3 make … names one.'
    exit 1
}

create() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            say 'This Python cannot create environments yet: installing the package python3-venv …'
            export DEBIAN_FRONTEND=noninteractive
            apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
        elif "$python" -c 'import venv' 2>/dev/null && "$python" -m pip --version >/dev/null 2>&1; then
            "$python" -m venv --clear --without-pip .venv
            "$python" -m pip --quiet --python .venv/bin/python install pip
            return
        fi
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        say 'This Python cannot create environments. As root: apt-get install python3-venv; then call make again.'
        exit 1
    fi
    "$python" -m venv --clear .venv
}

if ! .venv/bin/python -c "$minimum" 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    create
fi

say "Installing what Rozlicz needs ($wanted), about a minute the first time …"
export PIP_DISABLE_PIP_VERSION_CHECK=1
.venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r "requirements/$wanted.txt"
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .

touch .venv/.runtime
[ "$wanted" = runtime ] || touch .venv/.develop
