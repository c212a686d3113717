#!/bin/sh
# A last pass over what Emscripten linked:  shrink_wasm.sh IN OUT
# First for speed, where small functions are inlined (of up to 12 nodes; by default 20, which takes the page 2 % more), then for
# size. What is enabled is what Emscripten 3.1.6 compiles for; nothing in the page counts on a trap.
set -eu
in=$1 out=$2
set -- --enable-bulk-memory --enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int -tnh --low-memory-unused
wasm-opt "$@" -O3 -fimfs=12 "$in" -o "$out"
wasm-opt "$@" -Oz --converge "$out" -o "$out"
