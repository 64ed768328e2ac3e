#!/bin/sh
# Fetches what we vendor (govuk-frontend's styles, the font), cuts it down to what we use, and writes the results
# into static/ and portal/documents/fonts/, where they are committed: so setting up and running need neither Node
# nor a network. Needs npm, python3 with venv, and Debian (for the font of papers). Run by `make vendor`.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
govuk=6.6.0
font=5.3.0
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT

echo "Fetching govuk-frontend $govuk and the font"
cd "$tools"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent "govuk-frontend@$govuk" "@fontsource/be-vietnam-pro@$font"
python3 -m venv tools
tools/bin/pip -q install "fonttools==4.68.0" "brotli==1.2.1"

echo "Cutting the font to the letters of Vietnamese and English"
latin="U+20-7E,U+A0,U+A9,U+AB,U+B0,U+B1,U+B2,U+B7,U+BB,U+D7,U+C0-C3,U+C8-CA,U+CC,U+CD,U+D2-D5,U+D9,U+DA,U+DD,U+E0-E3,U+E8-EA,U+EC,U+ED,U+F2-F5,U+F9,U+FA,U+FD,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2022,U+2026,U+2212,U+2264,U+2265"
rm -f "$root"/static/vendor/be-vietnam-pro-*.woff2
for weight in 400 600; do
  for set in latin vietnamese; do
    letters=$latin
    [ "$set" = latin ] || letters="*"
    tools/bin/pyftsubset "node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-$set-$weight-normal.woff2" \
      --unicodes="$letters" --layout-features=kern,liga,ccmp,mark,mkmk,locl --no-hinting --flavor=woff2 \
      --output-file=font.woff2
    hash=$(sha256sum font.woff2 | cut -c1-12)
    mv font.woff2 "$root/static/vendor/be-vietnam-pro-$set-$weight.$hash.woff2"
  done
done
cp node_modules/@fontsource/be-vietnam-pro/LICENSE "$root/static/vendor/be-vietnam-pro.LICENSE.txt"

echo "Cutting the font of papers to Latin letters with every mark that Vietnamese sets on them"
apt-get download -q fonts-noto-core
dpkg -x fonts-noto-core_*.deb noto
paper="U+20-7E,U+A0-17F,U+192,U+1A0,U+1A1,U+1AF,U+1B0,U+1CD-1DC,U+218-21B,U+2BB-2BD,U+2C6,U+2C7,U+2D8-2DD,U+300-304,U+306-30C,U+31B,U+323-328,U+1E00-1EFF,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+20AB,U+20AC,U+2116,U+2122,U+2212,U+2260,U+2264,U+2265"
for weight in Regular Bold; do
  tools/bin/pyftsubset "noto/usr/share/fonts/truetype/noto/NotoSans-$weight.ttf" --unicodes="$paper" \
    --layout-features=kern,liga,ccmp,mark,mkmk,locl,tnum,lnum --no-hinting --name-IDs="*" \
    --output-file="$root/portal/documents/fonts/NotoSans-$weight.ttf"
done

echo "Cutting the stylesheet to the rules we use"
python3 "$root/deploy/local/stylesheet.py" --vendor node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css
python3 "$root/deploy/local/weigh.py"
