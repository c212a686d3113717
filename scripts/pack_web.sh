#!/bin/sh
# Puts the built page together as a folder for any static server:
#   pack_web.sh BUILT_DIR SHELL_HTML DEST [--with FILE]... [--later FILE]...
# BUILT_DIR holds page.js and page.wasm. --with files belong to the first visit. --later files are loaded on demand and do not
# count; their names get a hash, which the page finds in <meta name="FILE" content="NAME">. DEST is replaced only by a complete folder. Ends with a table of sizes; fails
# above the first visit's budget.
set -eu

budget=350000  # bytes, brotli, everything of the first visit
built=$1 shell=$2 destination=$3
shift 3

mkdir -p "$(dirname "$destination")"
fresh=$(mktemp -d "$(dirname "$destination")/.dist.XXXXXX")
trap 'rm -rf "$fresh"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$fresh"

hash_of() { sha256sum "$1" 2>/dev/null | cut -c1-10 || shasum -a 256 "$1" | cut -c1-10; }

# The names carry a hash, so that a server may let them be kept for ever; index.html alone has to be asked for anew.
"$(dirname "$0")/shrink_wasm.sh" "$built/page.wasm" "$fresh/page.wasm"
wasm=page.$(hash_of "$fresh/page.wasm").wasm
mv "$fresh/page.wasm" "$fresh/$wasm"
chmod 644 "$fresh/$wasm"
# Emscripten leaves the names long; nothing outside the script uses them, so they may all go (iife).
esbuild --minify --format=iife --target=es2020 <"$built/page.js" | sed "s/page\.wasm/$wasm/g" >"$fresh/page.js"
grep -q "$wasm" "$fresh/page.js" || { echo "page.js does not name page.wasm" >&2; exit 1; }
script=page.$(hash_of "$fresh/page.js").js
mv "$fresh/page.js" "$fresh/$script"

first="$script $wasm" later='' names=''
while [ $# -gt 0 ]; do
  plain=$(basename "$2")
  name=$plain
  case $1 in
    --with) first="$first $name" ;;
    --later)
      name=${plain%.*}.$(hash_of "$2").${plain##*.}
      later="$later $name"
      names="$names<meta name=\"$plain\" content=\"$name\">"
      ;;
    *) echo "unknown option $1" >&2; exit 1 ;;
  esac
  cp "$2" "$fresh/$name"
  shift 2
done

sed -e "s|<!-- preload -->|<link rel=\"preload\" href=\"$wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin>|" \
  -e "s|<!-- names -->|$names|" -e "s|src=\"page\.js\"|src=\"$script\"|" "$shell" >"$fresh/index.html"
for wanted in "src=\"$script\"" "$names"; do
  grep -qF "$wanted" "$fresh/index.html" || { echo "$shell has no place for $wanted" >&2; exit 1; }
done
first="index.html $first"

compressed=no
if command -v brotli >/dev/null 2>&1; then
  compressed=yes
  for name in $first $later; do brotli -q 11 -f -n -o "$fresh/$name.br" "$fresh/$name"; done
fi

size_of() { if [ -f "$1" ]; then wc -c <"$1" | tr -d ' '; else echo -; fi; }

printf '%-34s %10s %10s\n' file raw brotli
raw_total=0 brotli_total=0
for name in $first; do
  raw=$(size_of "$fresh/$name") small=$(size_of "$fresh/$name.br")
  printf '%-34s %10s %10s\n' "$name" "$raw" "$small"
  raw_total=$((raw_total + raw))
  [ "$compressed" = no ] || brotli_total=$((brotli_total + small))
done
for name in $later; do
  printf '%-34s %10s %10s\n' "$name (later)" "$(size_of "$fresh/$name")" "$(size_of "$fresh/$name.br")"
done

old=
if [ -e "$destination" ]; then
  old=$(mktemp -d "$(dirname "$destination")/.old.XXXXXX")
  mv "$destination" "$old/"
fi
mv "$fresh" "$destination"
[ -z "$old" ] || rm -rf "$old"

if [ "$compressed" = no ]; then
  printf '%-34s %10s   brotli is not installed: nothing compressed, budget not checked\n' 'first visit' "$raw_total"
  exit 0
fi
printf '%-34s %10s %10s of %s\n' 'first visit' "$raw_total" "$brotli_total" "$budget"
if [ "$brotli_total" -gt "$budget" ]; then
  echo "the first visit is $((brotli_total - budget)) bytes over its budget" >&2
  exit 1
fi
