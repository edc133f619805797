#!/bin/sh
# Takes the pictures of the page: those that the README shows into docs/pictures, every view into artifacts/pictures.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
DECANT_PICTURES=${DECANT_PICTURES:-1} "$root/decant" test PictureTests
# A page has few colours: 256 of them, chosen for each picture, look the same and take half the room.
for picture in "$root"/docs/pictures/*.png; do
    ffmpeg -v error -y -i "$picture" -vf 'split[one][other];[one]palettegen[colours];[other][colours]paletteuse=dither=none' "$picture.png"
    mv "$picture.png" "$picture"
done
