// The four palettes. tests/unit/views/palette_test.cpp holds every pair that is drawn against its contrast ratio.
#include "web/views/palette.hpp"

namespace blindspot {

namespace {

constexpr Color rgb(std::uint32_t hex) {
  return 0xff000000u | (hex & 0xff) << 16 | (hex & 0xff00) | (hex >> 16 & 0xff);
}

constexpr Palette light = {rgb(0xf6f7f9), rgb(0xffffff), rgb(0xf2f4f7), rgb(0xdfe3e8), rgb(0x1b2330), rgb(0x5c6878), rgb(0x2457d6), rgb(0xe8eefc),
                           rgb(0xffffff), rgb(0xc0342b), rgb(0xfdeceb), rgb(0x8a5a00), rgb(0xfdf3dc), rgb(0x1b7a48), rgb(0xe4f5eb)};
constexpr Palette dark = {rgb(0x0e131a), rgb(0x161d27), rgb(0x0e131a), rgb(0x283241), rgb(0xe7ebf1), rgb(0x96a2b3), rgb(0x7aa7ff), rgb(0x1c2a47),
                          rgb(0x0b1220), rgb(0xff7b72), rgb(0x3a1d1f), rgb(0xf0b849), rgb(0x352a14), rgb(0x5fd08f), rgb(0x16321f)};
constexpr Palette light_contrast = {rgb(0xffffff), rgb(0xffffff), rgb(0xeff1f4), rgb(0x4d5563), rgb(0x000000), rgb(0x3a4250), rgb(0x0b3aa8), rgb(0xe3ebff),
                                    rgb(0xffffff), rgb(0x8f150d), rgb(0xffeeec), rgb(0x634000), rgb(0xfff4d6), rgb(0x0a5a30), rgb(0xe2f8ea)};
constexpr Palette dark_contrast = {rgb(0x000000), rgb(0x000000), rgb(0x161c24), rgb(0x9aa5b4), rgb(0xffffff), rgb(0xc6d0dc), rgb(0xa6c5ff), rgb(0x12244a),
                                   rgb(0x000000), rgb(0xffa39c), rgb(0x33100f), rgb(0xffd071), rgb(0x2b2006), rgb(0x86e6ad), rgb(0x08260f)};

}  // namespace

const Palette& palette_of(bool is_dark, Contrast contrast) {
  if (contrast == Contrast::more) return is_dark ? dark_contrast : light_contrast;
  return is_dark ? dark : light;
}

Color ink_of(const Palette& palette, Meaning meaning) {
  switch (meaning) {
    case Meaning::plain: return palette.text;
    case Meaning::muted: return palette.muted;
    case Meaning::accent: return palette.accent;
    case Meaning::bad: return palette.bad;
    case Meaning::doubt: return palette.doubt;
    case Meaning::good: return palette.good;
  }
  return palette.text;
}

Color back_of(const Palette& palette, Meaning meaning) {
  switch (meaning) {
    case Meaning::accent: return palette.accent_back;
    case Meaning::bad: return palette.bad_back;
    case Meaning::doubt: return palette.doubt_back;
    case Meaning::good: return palette.good_back;
    case Meaning::plain:
    case Meaning::muted: break;
  }
  return palette.panel;
}

std::uint32_t rgb_of(Color color) { return (color & 0xff) << 16 | (color & 0xff00) | (color >> 16 & 0xff); }

}  // namespace blindspot
