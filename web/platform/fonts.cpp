// How does a character become pixels? The browser's own fonts draw it on a 2D canvas (glyphs.js), and ImGui's atlas
// takes the bitmap through a font loader of ours. So every script and colour emoji is there without a font file.
// Knows ImGui's internal font loader interface (1.92); nothing else in the project does.
#include "web/platform/platform.hpp"

#include "web/platform/bridge.hpp"

#include "imgui.h"
#include "imgui_internal.h"

#include <cmath>
#include <cstdint>
#include <iterator>

namespace blindspot::platform {
namespace {

// As glyphs.js numbers them.
enum Face { face_sans, face_semibold, face_mono };

struct FontSetup {
  const char* name;
  Face face;
  float em_of_size;  // letters' em as a part of ImGui's size
};

constexpr FontSetup font_setups[] = {
    {"sans", face_sans, 1.0f},
    {"sans semibold", face_semibold, 1.0f},
    {"mono", face_mono, 1.0f},
    {"sans lines", face_sans, 1.0f / line_ratio},
    {"mono lines", face_mono, 1.0f / line_ratio},
};

// Half the height of capitals, so that a line's letters stand in the middle of it: 0.35 to 0.37 in the common Latin
// fonts, 0.38 for Han characters.
constexpr float half_capital = 0.36f;

struct Fonts {
  ImFont* font[std::size(font_setups)] = {};
  bool dark_ink = true;
  bool stale = false;
};

Fonts fonts;

const FontSetup& setup_of(const ImFontConfig& source) { return font_setups[source.FontNo]; }

float density_of(const ImFontConfig& source, const ImFontBaked& baked) {
  return source.RasterizerDensity * baked.RasterizerDensity;
}

bool contains_glyph(ImFontAtlas*, ImFontConfig*, ImWchar c) {
  const bool surrogate = c >= 0xd800 && c <= 0xdfff;
  return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !surrogate && c <= 0x10ffff;
}

bool init_baked(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void*) {
  const float density = density_of(*source, *baked);
  const float em = baked->Size * setup_of(*source).em_of_size;
  baked->Ascent = std::round((0.5f * baked->Size + half_capital * em) * density) / density;
  baked->Descent = baked->Ascent - baked->Size;
  return true;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar c, ImFontGlyph* glyph,
                float* advance_only) {
  if (!contains_glyph(atlas, source, c)) return false;
  const float density = density_of(*source, *baked);
  const FontSetup& setup = setup_of(*source);
  if (environment().plain) {  // only laid out, and nobody sees how
    glyph->Codepoint = c;
    glyph->AdvanceX = baked->Size / 2;
    if (advance_only != nullptr) *advance_only = glyph->AdvanceX;
    return true;
  }
  struct {
    float advance, left, top, width, height, coloured;
  } drawn = {};
  if (!is_invisible(c)) {
    bs_glyph(setup.face, baked->Size * setup.em_of_size * density, static_cast<int>(c), fonts.dark_ink ? 1 : 0,
             advance_only != nullptr ? 1 : 0, &drawn.advance);
  }
  if (advance_only != nullptr) {
    *advance_only = drawn.advance / density;
    return true;
  }
  glyph->Codepoint = c;
  glyph->AdvanceX = drawn.advance / density;
  const int width = static_cast<int>(drawn.width);
  const int height = static_cast<int>(drawn.height);
  if (width <= 0 || height <= 0) return true;

  const ImFontAtlasRectId pack_id = ImFontAtlasPackAddRect(atlas, width, height);
  if (pack_id == ImFontAtlasRectId_Invalid) return false;
  ImTextureRect* rect = ImFontAtlasPackGetRect(atlas, pack_id);
  glyph->X0 = drawn.left / density;
  glyph->Y0 = baked->Ascent + drawn.top / density;
  glyph->X1 = glyph->X0 + drawn.width / density;
  glyph->Y1 = glyph->Y0 + drawn.height / density;
  glyph->Visible = true;
  glyph->Colored = drawn.coloured != 0.0f;
  glyph->PackId = pack_id;
  const int bytes_per_pixel = glyph->Colored ? 4 : 1;
  const auto* pixels = reinterpret_cast<const unsigned char*>(inbox(width * height * bytes_per_pixel).data());
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, rect, pixels,
                                     glyph->Colored ? ImTextureFormat_RGBA32 : ImTextureFormat_Alpha8,
                                     width * bytes_per_pixel);
  return true;
}

const ImFontLoader& canvas_loader() {
  static const ImFontLoader loader = [] {
    ImFontLoader made;
    made.Name = "canvas 2d";
    made.FontSrcContainsGlyph = contains_glyph;
    made.FontBakedInit = init_baked;
    made.FontBakedLoadGlyph = load_glyph;
    return made;
  }();
  return loader;
}

}  // namespace

void start_fonts() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.SetFontLoader(&canvas_loader());
  // Baked line textures would look like glyphs to snap_glyphs_to_device_pixels; cursors are the browser's.
  atlas.Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
  atlas.TexMaxWidth = 4096;
  atlas.TexMaxHeight = 4096;
  ImGui::GetStyle().AntiAliasedLinesUseTex = false;
  static char no_data = 0;  // ImGui wants font data to be there
  for (std::size_t i = 0; i < std::size(font_setups); ++i) {
    ImFontConfig config;
    config.FontData = &no_data;
    config.FontDataSize = 1;
    config.FontDataOwnedByAtlas = false;
    config.FontNo = static_cast<ImU32>(i);
    config.FontLoader = &canvas_loader();
    config.SizePixels = 15.0f;
    fonts.font[i] = atlas.AddFont(&config);
  }
  ImGui::GetIO().FontDefault = fonts.font[0];
}

// They steer other characters and have no picture of their own.
bool is_invisible(unsigned int c) {
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
         (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || (c >= 0xe0000 && c <= 0xe0fff);
}

void redraw_glyphs() { fonts.stale = true; }

void refresh_fonts() {
  // ImGui tells the density only to fonts that are pushed; ImDrawList::AddText takes one that may never be.
  for (ImFont* font : fonts.font) font->CurrentRasterizerDensity = environment().dpr;
  if (!fonts.stale) return;
  fonts.stale = false;
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  for (ImFont* font : fonts.font) ImFontAtlasFontDiscardBakes(atlas, font, 0);
}

void set_glyph_ink(bool dark) {
  if (fonts.dark_ink == dark) return;
  fonts.dark_ink = dark;
  fonts.stale = true;
  request_frames();
}

ImFont* sans() { return fonts.font[0]; }
ImFont* sans_semibold() { return fonts.font[1]; }
ImFont* mono() { return fonts.font[2]; }
ImFont* sans_lines() { return fonts.font[3]; }
ImFont* mono_lines() { return fonts.font[4]; }

}  // namespace blindspot::platform

// See imgui_config.h: the name by which ImGui asks for a font loader when its own rasteriser is left out.
namespace ImGuiFreeType {
const ImFontLoader* GetFontLoader();
const ImFontLoader* GetFontLoader() { return &blindspot::platform::canvas_loader(); }
}  // namespace ImGuiFreeType
