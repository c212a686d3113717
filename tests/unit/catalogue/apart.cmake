# The catalogue as the page has it: the build step once more, with the pages apart. The program's own table comes from the
# generated source here, so the linker leaves the library's one out.
set(apart "${CMAKE_CURRENT_BINARY_DIR}")
file(GLOB catalogue_parts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/core/catalogue/*/case.json" "${PROJECT_SOURCE_DIR}/core/catalogue/*/*.md")
add_custom_command(OUTPUT "${apart}/catalogue_apart.cpp"
    COMMAND "${CMAKE_COMMAND}" "-DFOLDER=${PROJECT_SOURCE_DIR}/core/catalogue" "-DOUTPUT=${apart}/catalogue_apart.cpp" "-DPAGES=${apart}"
        -P "${PROJECT_SOURCE_DIR}/cmake/embed_catalogue.cmake"
    DEPENDS ${catalogue_parts} "${PROJECT_SOURCE_DIR}/cmake/embed_catalogue.cmake" VERBATIM)
add_executable(unit_catalogue_apart apart_test.cpp "${apart}/catalogue_apart.cpp")
target_link_libraries(unit_catalogue_apart PRIVATE blindspot_core blindspot_test_support)
target_compile_definitions(unit_catalogue_apart PRIVATE BLINDSPOT_PAGES="${apart}")
gtest_discover_tests(unit_catalogue_apart NO_PRETTY_VALUES)
