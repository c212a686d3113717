#!/bin/sh
# A last pass over what Emscripten linked:  shrink_wasm.sh IN OUT
# First for speed, where small functions are inlined (of up to 12 nodes; by default 20, which takes the page 2 % more), then for
# size. What is enabled is what Emscripten 3.1.6 compiles for; nothing in the page counts on a trap.
set -eu
rest="--enable-bulk-memory --enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int -tnh --low-memory-unused"
wasm-opt $rest -O3 -fimfs=12 "$1" -o "$2"
wasm-opt $rest -Oz --converge "$2" -o "$2"
