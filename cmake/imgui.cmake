# Dear ImGui as one static library `imgui`: core, widgets and the OpenGL ES 3 back end, with the project's own
# configuration header. Where the source comes from is left to scripts/fetch_imgui.sh; IMGUI_DIR names a folder by hand.
set(BLINDSPOT_IMGUI_DIR "${PROJECT_SOURCE_DIR}/build/imgui" CACHE PATH "Where Dear ImGui's source is kept")
get_filename_component(blindspot_root "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)

execute_process(COMMAND "${blindspot_root}/scripts/fetch_imgui.sh" "${BLINDSPOT_IMGUI_DIR}"
    RESULT_VARIABLE imgui_result OUTPUT_VARIABLE imgui_from OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT imgui_result EQUAL 0)
  message(FATAL_ERROR "Dear ImGui is missing (see above)")
endif()
message(STATUS "${imgui_from}")

add_library(imgui STATIC
    "${BLINDSPOT_IMGUI_DIR}/imgui.cpp"
    "${BLINDSPOT_IMGUI_DIR}/imgui_draw.cpp"
    "${BLINDSPOT_IMGUI_DIR}/imgui_widgets.cpp"
    "${BLINDSPOT_IMGUI_DIR}/backends/imgui_impl_opengl3.cpp"
    "${blindspot_root}/web/platform/imgui_no_tables.cpp")
target_include_directories(imgui SYSTEM PUBLIC "${BLINDSPOT_IMGUI_DIR}" "${BLINDSPOT_IMGUI_DIR}/backends")
target_compile_definitions(imgui PUBLIC "IMGUI_USER_CONFIG=\"${blindspot_root}/web/platform/imgui_config.h\"")
