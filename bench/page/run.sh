#!/bin/sh
# Measures the page in Debian's Chromium, on a quiet machine: its speed (artifacts/page-speed.md), and what Lighthouse makes of it.
#   bench/page/run.sh              both
#   bench/page/run.sh speed        the first view, a pasted link, progress, 10,000 jobs, a list of 5,000
#   bench/page/run.sh lighthouse   Lighthouse's categories, 95 at the least, in more rooms than the tests ask for
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
case ${1:-} in
    speed) words=SpeedTests ;;
    lighthouse) words=LighthouseTests ;;
    *) words='SpeedTests LighthouseTests' ;;
esac
# Split on purpose: one word a class.
DECANT_BENCH_PAGE=1 exec "$root/decant" test $words
