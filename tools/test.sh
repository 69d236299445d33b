#!/bin/sh
# Everything that can be wrong, in one run: the checks, then all tests. Fails when either fails.
# Arguments are pytest's.
failed=
"${MAKE:-make}" --no-print-directory --keep-going check || failed='make check'

left_out=
if sh tools/browser.sh; then
    export REQUIRE_BROWSER=1
else
    left_out='BROWSER TESTS WERE LEFT OUT: there is no program `chromium` here (as root: apt-get install chromium).'
    echo "$left_out"
    set -- -m 'not browser' "$@"
fi

.venv/bin/python -m pytest --tb=short --numprocesses 2 --dist worksteal "$@" || failed="${failed:+$failed and }the tests"

[ -z "$left_out" ] || echo "$left_out"
[ -z "$failed" ] || { echo "FAILED: $failed; see above."; exit 1; }
