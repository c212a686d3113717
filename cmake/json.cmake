# nlohmann/json: the system's headers where they are, else a fixed release.
# Debian's headers live in /usr/include, which must never be put on Emscripten's include path (glibc's headers would
# win), so a folder that holds nothing but a link to them stands in between.
find_path(BLINDSPOT_JSON_ROOT nlohmann/json.hpp PATHS /usr/include /usr/local/include /opt/homebrew/include
    NO_CMAKE_FIND_ROOT_PATH)
if(BLINDSPOT_JSON_ROOT)
  set(json_include "${CMAKE_BINARY_DIR}/system-json")
  file(MAKE_DIRECTORY "${json_include}")
  file(CREATE_LINK "${BLINDSPOT_JSON_ROOT}/nlohmann" "${json_include}/nlohmann" SYMBOLIC)
  add_library(nlohmann_json INTERFACE)
  add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)
  target_include_directories(nlohmann_json SYSTEM INTERFACE "${json_include}")
else()
  include(FetchContent)
  FetchContent_Declare(nlohmann_json GIT_REPOSITORY https://github.com/nlohmann/json.git GIT_TAG v3.11.2 GIT_SHALLOW TRUE)
  FetchContent_MakeAvailable(nlohmann_json)
endif()
