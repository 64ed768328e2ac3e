#!/bin/sh
# Fetches what we vendor (govuk-frontend's styles, the font), cuts it down to what we use, and writes the results
# into static/, where they are committed: so setting up and running need neither Node nor a network.
# Needs npm and python3 with venv. Run by `make vendor`.
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

echo "Cutting the stylesheet to the rules we use"
python3 "$root/deploy/local/stylesheet.py" --vendor node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css
python3 "$root/deploy/local/weigh.py"
