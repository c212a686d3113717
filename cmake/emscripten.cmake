# Toolchain of preset "web": the Emscripten whose emcc is on PATH, whoever installed it (a distribution or an emsdk).
# Mends one thing: Debian's Emscripten looks for acorn in Debian's Node folder, which a Node from elsewhere does not search.
find_program(EMCC_ON_PATH emcc REQUIRED)

get_filename_component(emcc_real "${EMCC_ON_PATH}" REALPATH)
get_filename_component(emcc_folder "${emcc_real}" DIRECTORY)
find_file(EMSCRIPTEN_TOOLCHAIN Emscripten.cmake NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH PATHS
    "${emcc_folder}/cmake/Modules/Platform" "${emcc_folder}/../cmake/Modules/Platform"
    "$ENV{EMSDK}/upstream/emscripten/cmake/Modules/Platform" /usr/share/emscripten/cmake/Modules/Platform)
if(NOT EMSCRIPTEN_TOOLCHAIN)
  message(FATAL_ERROR "emcc is ${EMCC_ON_PATH}, but its CMake toolchain file was not found near it")
endif()

if(NOT DEFINED ENV{NODE_PATH} AND EXISTS /usr/share/nodejs/acorn)
  set(ENV{NODE_PATH} /usr/share/nodejs)  # while configuring
  set(CMAKE_C_LINKER_LAUNCHER "${CMAKE_COMMAND};-E;env;NODE_PATH=/usr/share/nodejs")
  set(CMAKE_CXX_LINKER_LAUNCHER "${CMAKE_COMMAND};-E;env;NODE_PATH=/usr/share/nodejs")
endif()

set(CMAKE_CXX_FLAGS_INIT "-fno-exceptions -fno-rtti")
include("${EMSCRIPTEN_TOOLCHAIN}")
