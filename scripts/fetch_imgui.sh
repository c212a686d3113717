#!/bin/sh
# Brings Dear ImGui 1.92.2b (or a later 1.92) to a folder:  fetch_imgui.sh DEST
# Taken, in this order: what DEST already holds; the folder IMGUI_DIR; Debian's source package by the machine's own apt
# entry (signatures checked, the system's apt state untouched); the git tag. The last line printed says which.
set -eu

tag=v1.92.2b
commit=45acd5e0e82f4c954432533ae9985ff0e1aad6d5
destination=${1:?"usage: fetch_imgui.sh DEST"}

# The version a folder holds, or nothing when it is not Dear ImGui with the parts we need.
version_of() {
  [ -f "$1/imgui.cpp" ] && [ -f "$1/imgui_internal.h" ] && [ -f "$1/backends/imgui_impl_opengl3.cpp" ] &&
    [ -f "$1/misc/freetype/imgui_freetype.h" ] || return 0
  sed -n 's/^#define IMGUI_VERSION  *"\([^"]*\)".*/\1/p' "$1/imgui.h"
}

acceptable() {
  case $(version_of "$1") in
    1.92.2b | 1.92.[3-9]* | 1.92.[1-9][0-9]*) return 0 ;;
    *) return 1 ;;
  esac
}

finish() {  # folder, words
  [ -e "$destination" ] && rm -rf "$destination"
  mv "$1" "$destination"
  printf 'Dear ImGui %s: %s\n' "$(version_of "$destination")" "$2" | tee "$destination/FROM"
  exit 0
}

if acceptable "$destination"; then
  cat "$destination/FROM" 2>/dev/null || printf 'Dear ImGui %s: found in place\n' "$(version_of "$destination")"
  exit 0
fi

mkdir -p "$(dirname "$destination")"
scratch=$(mktemp -d "$(dirname "$destination")/imgui-fetch.XXXXXX")
scratch=$(cd "$scratch" && pwd)  # apt wants absolute paths
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

if [ -n "${IMGUI_DIR:-}" ]; then
  acceptable "$IMGUI_DIR" || { echo "IMGUI_DIR=$IMGUI_DIR does not hold Dear ImGui 1.92.2b or a later 1.92" >&2; exit 1; }
  cp -R "$IMGUI_DIR" "$scratch/given"
  finish "$scratch/given" "from the folder IMGUI_DIR names"
fi

# The machine's own Debian entry, as one deb-src stanza for suite forky: the mirror and the keyring stay the machine's.
forky_entry() {
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] || continue
    awk -v RS= '
      /(^|\n)Enabled: *no/ { next }
      /(^|\n)Types:[^\n]*deb/ && /(^|\n)URIs:[^\n]*debian/ && !/security/ {
        n = split($0, line, "\n")
        for (i = 1; i <= n; i++) {
          if (line[i] ~ /^Types:/) print "Types: deb-src"
          else if (line[i] ~ /^Suites:/) print "Suites: forky"
          else if (line[i] ~ /^Components:/) print "Components: main"
          else if (line[i] !~ /^#/) print line[i]
        }
        exit
      }' "$file"
    return
  done
}

forky_entry_one_line() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | awk '
    $1 == "deb" && /debian/ && !/security/ {
      options = ""; i = 2
      if ($i ~ /^\[/) { do options = options $i " "; while ($(i++) !~ /\]$/) }
      print "deb-src " options $i " forky main"
      exit
    }'
}

from_apt() {
  command -v apt-get >/dev/null 2>&1 || return 1
  parts=$scratch/parts
  mkdir -p "$parts" "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/source"
  forky_entry >"$parts/forky.sources"
  [ -s "$parts/forky.sources" ] || { rm "$parts/forky.sources"; forky_entry_one_line >"$parts/forky.list"; }
  [ -s "$parts/forky.sources" ] || [ -s "$parts/forky.list" ] || return 1
  # apt's own download user may not be able to read the scratch folder, hence the sandbox setting.
  set -- -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$parts" -o "Dir::State::lists=$scratch/lists" \
    -o "Dir::Cache=$scratch/cache" -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none \
    -o Acquire::Retries=1 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30
  apt-get "$@" update >"$scratch/log" 2>&1 || return 1
  (cd "$scratch/source" && apt-get "$@" source --download-only imgui) >>"$scratch/log" 2>&1 || return 1
  set -- "$scratch"/source/imgui_*.orig.tar.*
  [ -f "$1" ] || return 1
  mkdir "$scratch/unpacked"
  tar -xf "$1" -C "$scratch/unpacked" || return 1
  set -- "$scratch"/unpacked/*
  if [ $# -eq 1 ] && [ -d "$1" ]; then apt_tree=$1; else apt_tree=$scratch/unpacked; fi
  acceptable "$apt_tree"
}

from_git() {
  command -v git >/dev/null 2>&1 || return 1
  limit=
  command -v timeout >/dev/null 2>&1 && limit='timeout 60'
  $limit git -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=10 -c advice.detachedHead=false clone --quiet --depth 1 \
    --branch "$tag" https://github.com/ocornut/imgui.git "$scratch/clone" >>"$scratch/log" 2>&1 || return 1
  [ "$(git -C "$scratch/clone" rev-parse HEAD)" = "$commit" ] || { echo "tag $tag is not commit $commit" >&2; return 1; }
  rm -rf "$scratch/clone/.git"
  acceptable "$scratch/clone"
}

if from_apt; then finish "$apt_tree" "from Debian's source package"; fi
if from_git; then finish "$scratch/clone" "from the git tag $tag"; fi
cat "$scratch/log" >&2 2>/dev/null || :
echo "Dear ImGui could not be fetched. Unpack release $tag somewhere and set IMGUI_DIR to that folder." >&2
exit 1
