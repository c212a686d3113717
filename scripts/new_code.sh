#!/bin/sh
# Opens a folder of the catalogue for one more diagnosis code:  scripts/new_code.sh SLUG [FAMILY]
# Enters the code in core/diagnosis/codes.def where it is not there yet, and writes en.md, zh.md and case.json with
# every heading in place. What it writes is meant to fail the laws, slot by slot, until a person has written it.
set -eu
LC_ALL=C
export LC_ALL

fail() { printf 'new_code.sh: %s\n' "$1" >&2; exit 1; }

if [ $# -lt 1 ] || [ $# -gt 2 ]; then fail 'usage: scripts/new_code.sh SLUG [FAMILY]'; fi
slug=$1
family=${2:-}

case $slug in
  *[!a-z0-9-]* | [!a-z]* | *- | *--*) fail "not a slug: $slug (lower case letters, digits, single hyphens; a letter first)" ;;
esac

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
codes=$root/core/diagnosis/codes.def
folder=$root/core/catalogue/$slug
[ -f "$codes" ] || fail "no $codes"
[ ! -e "$folder" ] || fail "core/catalogue/$slug is there already"

name=$(printf '%s' "$slug" | tr - _)
entry=$(grep -F "\"$slug\"" "$codes" || true)

if [ -n "$entry" ]; then
  listed=$(printf '%s\n' "$entry" | sed -n "s/^BLINDSPOT_CODE($name, \"$slug\", \([a-z]*\))\$/\1/p")
  [ -n "$listed" ] || fail "codes.def has another line for $slug: $entry"
  [ -z "$family" ] || [ "$family" = "$listed" ] || fail "codes.def says family $listed, not $family"
  family=$listed
else
  if [ -z "$family" ]; then
    case $slug in
      cors-*) family=cors ;;
      tls-*) family=tls ;;
      http-*) family=status ;;
      json-*) family=body ;;
      shape-*) family=shape ;;
      *) fail "which family does $slug belong to? Name it after the slug: $(sed -n 's/^BLINDSPOT_CODE(.*, \([a-z]*\))$/\1/p' "$codes" | uniq | tr '\n' ' ')" ;;
    esac
  fi
  grep -q "^BLINDSPOT_CODE(.*, $family)\$" "$codes" || fail "no such family in codes.def: $family"
  # After the last line of its family, so that the list stays readable.
  draft=$(mktemp "$codes.XXXXXX")
  trap 'rm -f "$draft"' EXIT
  awk -v line="BLINDSPOT_CODE($name, \"$slug\", $family)" -v mark=", $family)" '
    { text[NR] = $0; if (index($0, "BLINDSPOT_CODE(") == 1 && substr($0, length($0) - length(mark) + 1) == mark) last = NR }
    END { for (i = 1; i <= NR; i++) { print text[i]; if (i == last) print line } }
  ' "$codes" > "$draft"
  cat "$draft" > "$codes"  # not mv: the file keeps its mode
fi

mkdir "$folder"

# heading, then a sentence with a slot that the closed list does not have: rendering refuses it
page() {  # label, sentence, headings...
  label=$1
  sentence=$2
  shift 2
  printf '# %s: {unwritten}\n> %s\n' "$slug" "$label"
  for heading in "$@"; do printf '\n## %s\n\n%s {unwritten}\n' "$heading" "$sentence"; done
}

page 'Not written yet' 'This section is not written yet.' \
  'Seen' 'Why' 'Effect' 'Confirm' 'Fix: server' 'Fix: caller' 'Mini program' > "$folder/en.md"
page '尚未编写' '这一节尚未编写。' \
  '现象' '原因' '影响' '验证' '修复：服务端' '修复：调用方' '小程序' > "$folder/zh.md"

cat > "$folder/case.json" <<CASE
{
  "family": "$family",
  "request": { "method": "GET", "path": "/orders/1001" },
  "target": "lab",
  "script": {
    "response": [
      { "act": "head", "status": 200, "headers": [["Access-Control-Allow-Origin", "{page_origin}"], ["Content-Type", "application/json"]] },
      { "act": "send", "text": "{\"id\":1001}" },
      { "act": "end" }
    ]
  },
  "expect": { "verdict": "unwritten", "outcome": "unwritten", "step": "unwritten" },
  "repair": []
}
CASE

printf 'core/catalogue/%s: en.md, zh.md and case.json, family %s. core/catalogue/README.md says what goes in.\n' "$slug" "$family"
printf 'The laws fail until pages and case are written.\n'
