// How is Dear ImGui compiled for the page? Seen by ImGui's own files and by everyone who includes imgui.h.
#pragma once

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS

// Glyphs come from the browser (fonts.cpp), so neither a font nor a rasteriser is carried along.
#define IMGUI_DISABLE_DEFAULT_FONT

// Emoji and the rarer Han characters lie beyond 16 bits.
#define IMGUI_USE_WCHAR32

// WebGL 2 has no vertex offset, and a long response passes 65,536 vertices.
#define ImDrawIdx unsigned int

#define IMGUI_IMPL_OPENGL_ES3

// Takes ImGui's own TrueType rasteriser out of the build: with this set, ImGui asks ImGuiFreeType::GetFontLoader() for
// its font loader, and fonts.cpp is who answers. No FreeType is involved.
#define IMGUI_ENABLE_FREETYPE

// + - * / on ImVec2, in every file alike.
#define IMGUI_DEFINE_MATH_OPERATORS
