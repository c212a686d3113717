// How is Dear ImGui compiled for the page? Seen by ImGui's own files and by everyone who includes imgui.h.
#pragma once

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS

// A hash of 32 bits without a table of 1 KB that does not compress: where ImGui would call the processor's CRC32
// instruction, FNV-1a does.
#define IMGUI_ENABLE_SSE4_2_CRC
inline unsigned int _mm_crc32_u8(unsigned int hash, unsigned char byte) { return (hash ^ byte) * 16777619u; }
inline unsigned int _mm_crc32_u32(unsigned int hash, unsigned int word) {
  for (int i = 0; i < 4; ++i) hash = _mm_crc32_u8(hash, static_cast<unsigned char>(word >> (8 * i)));
  return hash;
}

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
