// What does Dear ImGui call of imgui_tables.cpp, although the page draws neither ImGui's tables nor its columns? Each call
// is behind a check for a table or columns being open, or looks after tables that are not there, so all of it is empty.
// Stands in for that file in the library `imgui`; a later ImGui that calls more does not link.
#include "imgui.h"
#include "imgui_internal.h"

void ImGui::EndTable() {}
void ImGui::TableEndRow(ImGuiTable*) {}
void ImGui::TablePushBackgroundChannel() {}
void ImGui::TablePopBackgroundChannel() {}
void ImGui::TablePushColumnChannel(int) {}
void ImGui::TablePopColumnChannel() {}
void ImGui::TableSettingsAddSettingsHandler() {}
void ImGui::TableGcCompactSettings() {}
void ImGui::TableGcCompactTransientBuffers(ImGuiTable*) {}
void ImGui::TableGcCompactTransientBuffers(ImGuiTableTempData*) {}
void ImGui::PushColumnsBackground() {}
void ImGui::PopColumnsBackground() {}
void ImGui::EndColumns() {}
