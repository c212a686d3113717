// Can everything be read? Every ink on every ground it is drawn on, by the contrast ratio of WCAG 2: 4.5 in the ordinary
// palettes, 7 where the person asked for more contrast, whose lines must be seen too (3).
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "web/views/palette.hpp"

namespace blindspot {
namespace {

double luminance(Color color) {
  const auto channel = [](std::uint32_t byte) {
    const double part = byte / 255.0;
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  const std::uint32_t rgb = rgb_of(color);
  return 0.2126 * channel(rgb >> 16 & 255) + 0.7152 * channel(rgb >> 8 & 255) + 0.0722 * channel(rgb & 255);
}

double ratio(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

struct Pair {
  std::string name;
  Color Palette::*ink, Palette::*ground;
};

const std::vector<Pair>& pairs() {
  static const std::vector<Pair> all = [] {
    using P = Palette;
    std::vector<Pair> list = {{"on_accent on accent", &P::on_accent, &P::accent}};
    const std::pair<const char*, Color P::*> inks[] = {{"text", &P::text}, {"muted", &P::muted}, {"accent", &P::accent}};
    const std::pair<const char*, Color P::*> grounds[] = {{"page", &P::page}, {"panel", &P::panel}, {"inset", &P::inset}, {"accent_back", &P::accent_back}};
    for (const auto& [ink, of_ink] : inks)
      for (const auto& [ground, of_ground] : grounds) list.push_back({std::string(ink) + " on " + ground, of_ink, of_ground});
    const std::tuple<const char*, Color P::*, Color P::*> meanings[] = {
        {"bad", &P::bad, &P::bad_back}, {"doubt", &P::doubt, &P::doubt_back}, {"good", &P::good, &P::good_back}};
    for (const auto& [name, ink, back] : meanings) {
      list.push_back({std::string(name) + " on panel", ink, &P::panel});
      list.push_back({std::string(name) + " on page", ink, &P::page});
      list.push_back({std::string(name) + " on its back", ink, back});
      list.push_back({std::string("panel on ") + name, &P::panel, ink});  // chips
      list.push_back({std::string("text on the back of ") + name, &P::text, back});
      list.push_back({std::string("muted on the back of ") + name, &P::muted, back});
    }
    return list;
  }();
  return all;
}

struct Row {
  const char* name;
  bool dark;
  Contrast contrast;
  double least_text, least_line;
};

class PaletteRows : public testing::TestWithParam<Row> {};

TEST_P(PaletteRows, every_ink_is_read_on_every_ground) {
  const Palette& palette = palette_of(GetParam().dark, GetParam().contrast);
  for (const Pair& pair : pairs()) EXPECT_GE(ratio(palette.*pair.ink, palette.*pair.ground), GetParam().least_text) << pair.name;
}

TEST_P(PaletteRows, lines_are_seen) {
  const Palette& palette = palette_of(GetParam().dark, GetParam().contrast);
  for (const Color ground : {palette.page, palette.panel, palette.inset}) EXPECT_GE(ratio(palette.line, ground), GetParam().least_line);
}

TEST_P(PaletteRows, dark_is_dark) {
  const Palette& palette = palette_of(GetParam().dark, GetParam().contrast);
  EXPECT_EQ(luminance(palette.page) < luminance(palette.text), GetParam().dark);
}

INSTANTIATE_TEST_SUITE_P(All, PaletteRows,
                         testing::Values(Row{"light", false, Contrast::normal, 4.5, 1.15}, Row{"dark", true, Contrast::normal, 4.5, 1.15},
                                         Row{"light_contrast", false, Contrast::more, 7, 4.5}, Row{"dark_contrast", true, Contrast::more, 7, 4.5}),
                         [](const auto& info) { return info.param.name; });

TEST(Palette, black_on_white_is_21) { EXPECT_NEAR(ratio(0xffffffff, 0xff000000), 21, 0.01); }
TEST(Palette, rgb_of_turns_the_bytes) { EXPECT_EQ(rgb_of(0xff332211), 0x112233u); }

}  // namespace
}  // namespace blindspot
