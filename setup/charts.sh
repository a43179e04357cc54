#!/bin/sh
# Fetches Plotly's basic bundle, a third of the size of the stock one, to draw the charts with.
# Charts work without it: where it cannot be had the set-up says so and goes on.
set -eu

bundle=assets/vendor/plotly-basic.min.js
package=node_modules/plotly.js-basic-dist-min
stock_bundle=$(echo .venv/lib/python*/site-packages/plotly/package_data/plotly.min.js)
version=$(head -n 3 "$stock_bundle" | sed -nE 's/.*plotly\.js v([0-9.]+).*/\1/p')
failed=.venv/charts-failed.txt  # the version that could not be had: tried once, not every start

is_bundle() {
    head -n 3 "$1" 2> /dev/null | grep -qF "(basic - minified) v$version"
}

stock() {
    echo "Charts use Plotly's full bundle, which loads slower: $1"
    exit 0
}

is_bundle "$bundle" && exit 0
rm -f "$bundle"
[ "${1:-}" = again ] || [ "$(cat "$failed" 2> /dev/null)" != "$version" ] || exit 0
command -v npm > /dev/null || stock "node and npm are not installed. 'make charts' after installing them."

echo "Fetching Plotly's basic bundle …"
is_bundle "$package/plotly-basic.min.js" || sh setup/node.sh --omit=dev || true
if ! is_bundle "$package/plotly-basic.min.js"; then
    echo "$version" > "$failed"
    stock "the basic one could not be fetched. 'make charts' tries again."
fi
mkdir -p "$(dirname "$bundle")"
cp "$package/plotly-basic.min.js" "$bundle"
rm -f "$failed"
