#!/bin/sh
# Takes the pictures of the page: those that the README shows into docs/pictures, every view into artifacts/pictures.
set -eu
DECANT_PICTURES=1 exec "$(dirname -- "$0")/../decant" test PictureTests
