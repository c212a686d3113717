// In which colours is the page drawn? Four palettes: light and dark, each once more with the contrast that
// prefers-contrast and forced colours ask for. Which one holds is the caller's to say; where a colour goes, the panels'.
#pragma once

#include <cstdint>

#include "web/views/meaning.hpp"

namespace blindspot {

using Color = std::uint32_t;  // ImGui's order: 0xAABBGGRR

struct Palette {
  Color page, panel, inset, line, text, muted, accent, accent_back, on_accent, bad, bad_back, doubt, doubt_back, good, good_back;
};

enum class Contrast { normal, more };

const Palette& palette_of(bool dark, Contrast contrast);
Color ink_of(const Palette& palette, Meaning meaning);
Color back_of(const Palette& palette, Meaning meaning);

// As 0xRRGGBB, the way the document's style sheet writes it.
std::uint32_t rgb_of(Color color);

}  // namespace blindspot
