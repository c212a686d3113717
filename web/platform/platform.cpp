// When is a frame drawn, and in what surroundings?
// Frames are asked for, never polled: an event, a timer or a caller asks, one animation frame is pending at most, and
// a page nobody touches draws nothing. Input, fonts, mirror and page services have files of their own.
#include "web/platform/platform.hpp"

#include "web/platform/bridge.hpp"

#include "imgui.h"
#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

namespace blindspot::platform {
namespace {

constexpr double longest_delta_seconds = 1.0;  // beyond ImGui's double click time, so that a pause stays a pause
constexpr int most_frames_at_once = 12;
constexpr float plain_width = 690, plain_height = 1000;  // one column; the document flows as it likes

struct Page {
  std::function<void()> draw_frame;
  std::function<std::string()> state_provider;
  Environment environment;
  std::uint64_t revision = 0;
  std::vector<char> inbox;
  std::uint32_t background = 0xf6f7f9;
  float scale = 1, wanted_scale = 1;
  double last_frame_ms = 0;
  double wake_at_ms = -1;
  std::uint64_t frames = 0;
  std::uint64_t painted = 0;  // digest of what is on the canvas; 0: nothing that counts
  double built_ms = 0;  // what building frames has taken since the last one was painted
  int wanted = 0;
  bool pending = false;       // an animation frame has been requested
  bool building = false;      // between NewFrame and Render
  bool running = false;
  bool context_lost = false;
  bool dark = false, theme_told = false;
  bool environment_known = false;
  bool navigated = false;
};

Page page;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = text.find(separator, start);
    parts.emplace_back(text.substr(start, end == std::string_view::npos ? end : end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

void schedule() {
  if (!page.running || page.context_lost || page.pending) return;
  page.pending = true;
  bs_request_frame();
}

// A fractional DPR (125 %, 150 %) puts ImGui's whole CSS pixels between device pixels, which blurs glyphs. Every glyph
// quad is as large as its bitmap, so moving it onto the grid makes it crisp; its neighbours move by the same amount.
void snap_glyphs_to_device_pixels(ImDrawData& data, float scale) {
  const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
  for (ImDrawList* list : data.CmdLists) {
    ImVector<ImDrawVert>& vertices = list->VtxBuffer;
    for (int i = 0; i + 3 < vertices.Size;) {
      if (vertices[i].uv.x == white.x && vertices[i].uv.y == white.y) {
        ++i;
        continue;
      }
      const ImVec2 corner = vertices[i].pos;
      // Not quite half: where every glyph of a line lies at exactly one half, all must round the same way.
      const float dx = std::floor(corner.x * scale + 0.45f) / scale - corner.x;
      const float dy = std::floor(corner.y * scale + 0.45f) / scale - corner.y;
      for (int k = 0; k < 4; ++k, ++i) {
        vertices[i].pos.x += dx;
        vertices[i].pos.y += dy;
      }
    }
  }
}

std::uint64_t digest_with(std::uint64_t digest, const void* data, std::size_t size) {
  const auto* from = static_cast<const unsigned char*>(data);
  const auto take = [&digest](std::uint64_t word) { digest = std::rotl((digest ^ word) * 0x9e3779b97f4a7c15, 29); };
  std::uint64_t word = 0;
  for (; size >= sizeof word; from += sizeof word, size -= sizeof word) {
    std::memcpy(&word, from, sizeof word);  // of a known size: one load, no call
    take(word);
  }
  for (; size > 0; ++from, --size) take(*from);
  return digest;
}

std::uint64_t digest_of(const ImDrawData& data) {
  std::uint64_t digest = 1 + page.background;
  digest = digest_with(digest, &data.DisplaySize, sizeof data.DisplaySize);
  digest = digest_with(digest, &data.FramebufferScale, sizeof data.FramebufferScale);
  for (const ImDrawList* list : data.CmdLists) {
    digest = digest_with(digest, list->CmdBuffer.Data, static_cast<std::size_t>(list->CmdBuffer.size_in_bytes()));
    digest = digest_with(digest, list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
    digest = digest_with(digest, list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
  }
  return digest;
}

// Two of three frames look like the one before: ImGui wants them to settle. The canvas keeps what it shows, so these cost
// the machine that draws nothing, which is most of a frame where that is the processor.
void paint() {
  ImDrawData& data = *ImGui::GetDrawData();
  const bool cleared = bs_fit_canvas() != 0;  // hence in the same task as the drawing
  const bool textures_wait = std::any_of(data.Textures->begin(), data.Textures->end(),
                                         [](const ImTextureData* texture) { return texture->Status != ImTextureStatus_OK; });
  const std::uint64_t digest = digest_of(data);
  if (digest == page.painted && !cleared && !textures_wait) return;
  page.painted = digest;
  const float scale = data.FramebufferScale.x;
  if (scale != std::floor(scale)) snap_glyphs_to_device_pixels(data, scale);
  // The size in device pixels is whole, but ImGui cuts it off: a hair's breadth keeps 1599.9999 from becoming 1599.
  data.DisplaySize += ImVec2(0.01f, 0.01f) / scale;
  const auto channel = [](int shift) { return static_cast<float>((page.background >> shift) & 0xff) / 255.0f; };
  glClearColor(channel(16), channel(8), channel(0), 1.0f);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&data);
}

// What ImGui animates or defers by itself, and so needs frames for although no event comes.
bool imgui_wants_frames() {
  const ImGuiContext& g = *GImGui;
  if (g.InputEventsQueue.Size > 0 || g.NavWindowingTarget != nullptr) return true;
  if (g.DimBgRatio > 0.0f && g.DimBgRatio < 1.0f) return true;
  if (g.HoverItemDelayId != 0 && g.HoverItemDelayTimer < g.Style.HoverDelayNormal + 0.05f) return true;
  return input_wants_frames();
}

// Where nothing is painted, every wish for a texture is granted at once.
void forget_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantDestroy) texture->SetStatus(ImTextureStatus_Destroyed);
    else if (texture->Status != ImTextureStatus_Destroyed) texture->SetStatus(ImTextureStatus_OK);
  }
}

void build_frame() {
  if (page.scale != page.wanted_scale) bs_scale(page.scale = page.wanted_scale);
  ImGuiIO& io = ImGui::GetIO();
  const double now = bs_now();
  const double delta = std::clamp((now - page.last_frame_ms) / 1000.0, 1e-4, longest_delta_seconds);
  page.last_frame_ms = now;
  io.DeltaTime = static_cast<float>(delta);
  io.DisplaySize = ImVec2(page.environment.width, page.environment.height);
  io.DisplayFramebufferScale = ImVec2(page.environment.dpr, page.environment.dpr);

  refresh_fonts();
  input_before_frame(io.DeltaTime);
  if (!page.context_lost && !page.environment.plain) ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  page.building = true;
  mirror_begin_frame();
  page.draw_frame();
  draw_preedit();
  page.building = false;
  ImGui::Render();
  if (page.environment.plain) forget_textures();
  input_after_frame();
  ++page.frames;
  page.built_ms += bs_now() - now;
}

void lay_out_plain() {
  page.environment.width = plain_width;
  page.environment.height = plain_height;
  page.environment.dpr = 1;
}

}  // namespace

std::string_view inbox(int length) {
  return {page.inbox.data(), static_cast<std::size_t>(std::max(length, 0))};
}

bool in_frame() { return page.building; }

void run(std::function<void()> draw_frame) {
  environment();
  const int surface = bs_start_page();
  page.environment.plain = surface != surface_canvas;
  page.environment.can_paint = surface != surface_none;
  if (page.environment.plain) lay_out_plain();

  page.draw_frame = std::move(draw_frame);
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendPlatformName = "blindspot";
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigMacOSXBehaviors = page.environment.mac;
  io.ConfigInputTextCursorBlink = false;  // a blinking caret would keep an idle page drawing
  // Repeats come from the browser: counted in frames, a slow machine would type a letter twice.
  io.KeyRepeatDelay = 1e9f;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.MouseDoubleClickTime = 0.5f;  // as systems have it
  if (page.environment.plain) io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  else ImGui_ImplOpenGL3_Init("#version 300 es");
  start_fonts();
  start_input();
  bs_start_input(page.environment.plain ? 1 : 0);

  page.running = true;
  request_frames();
}

void switch_page() { bs_switch_page(page.environment.plain ? 0 : 1); }

void request_frames(int count) {
  page.wanted = std::max(page.wanted, count);
  schedule();
}

void wake_after(double ms) {
  const double at = bs_now() + std::max(ms, 0.0);
  if (page.wake_at_ms >= 0 && page.wake_at_ms <= at) return;
  page.wake_at_ms = at;
  bs_wake_after(std::max(ms, 0.0));
}

double now_ms() { return bs_now(); }

std::uint64_t frame_count() { return page.frames; }

const Environment& environment() {
  if (!page.environment_known) bs_read_environment();
  return page.environment;
}

std::uint64_t environment_revision() { return page.revision; }

bool take_navigation() { return std::exchange(page.navigated, false); }

void environment_changed() {
  ++page.revision;
  page.painted = 0;
  request_frames();
}

void run_frames_now() {
  if (!page.running || page.building) return;
  // One frame may break the queue after a press, the next after the release, and a click is answered one later.
  for (int i = 0; i < most_frames_at_once; ++i) {
    const bool last = GImGui->InputEventsQueue.Size == 0 && i > 0;
    build_frame();
    if (last) break;
  }
  request_frames();
}

void set_theme(bool dark, std::uint32_t background) {
  if (page.theme_told && page.background == background && page.dark == dark) return;
  page.theme_told = true;
  page.dark = dark;
  page.background = background;
  set_glyph_ink(!dark);
  bs_theme(dark ? 1 : 0, static_cast<int>(background));
}

void set_scale(float scale) {
  if (page.wanted_scale == scale) return;
  page.wanted_scale = scale;
  request_frames();
}

void set_state_provider(std::function<std::string()> provider) { page.state_provider = std::move(provider); }

void report_error(std::string_view text) { bs_error(text.data(), static_cast<int>(text.size())); }

BLINDSPOT_EXPORT char* bs_inbox(int length) {
  page.inbox.resize(static_cast<std::size_t>(std::max(length, 0)) + 1);
  return page.inbox.data();
}

BLINDSPOT_EXPORT const char* bs_inbox_data() { return page.inbox.data(); }

// The animation frame.
BLINDSPOT_EXPORT void bs_frame() {
  page.pending = false;
  if (!page.running || page.context_lost) return;
  if (page.wanted > 0) --page.wanted;
  build_frame();
  if (!page.environment.plain) paint();
  if (page.frames == 1 || page.wanted == 0) bs_first_frame();
  if (imgui_wants_frames()) page.wanted = std::max(page.wanted, 1);
  const double painted = bs_now();
  mirror_end_frame(page.wanted == 0);
  if (page.wanted > 0) schedule();
  bs_frame_done(page.pending ? 1 : 0, page.built_ms + (bs_now() - painted));
  page.built_ms = 0;
}

BLINDSPOT_EXPORT void bs_wake() {
  page.wake_at_ms = -1;
  request_frames(1);
}

// An exception has left a frame: what ImGui had half done is put aside so that later frames can be drawn.
BLINDSPOT_EXPORT void bs_frame_failed() {
  page.building = false;
  page.running = false;
}

BLINDSPOT_EXPORT void bs_environment(int flags, float width, float height, float dpr, int length) {
  const std::vector<std::string> words = split(inbox(length), '\x1f');
  Environment& env = page.environment;
  if (page.environment_known && env.dpr != dpr && !env.plain) redraw_glyphs();
  env.dark = flags & 1;
  env.reduced_motion = flags & 2;
  env.more_contrast = flags & 4;
  env.coarse_pointer = flags & 8;
  env.mac = flags & 16;
  env.online = flags & 32;
  env.width = width;
  env.height = height;
  env.dpr = dpr;
  if (env.plain) lay_out_plain();
  if (words.size() == 5) {
    env.language = words[0];
    env.page_url = words[1];
    env.page_origin = words[2];
    env.engine_name = words[3];
    env.engine_version = words[4];
    env.engine = words[3] == "Chromium"  ? Engine::chromium
                 : words[3] == "Firefox" ? Engine::firefox
                 : words[3] == "WebKit"  ? Engine::webkit
                                         : Engine::unknown;
  }
  page.environment_known = true;
  environment_changed();
}

BLINDSPOT_EXPORT void bs_navigated() {
  page.navigated = true;
  environment_changed();
}

// ImGui lives on without being painted; its textures keep their pixels in memory and are uploaded again.
BLINDSPOT_EXPORT void bs_context_lost() {
  page.context_lost = true;
  page.pending = false;
  page.painted = 0;
  ImGui_ImplOpenGL3_DestroyDeviceObjects();
}

BLINDSPOT_EXPORT void bs_context_restored() {
  page.context_lost = false;
  ImGui_ImplOpenGL3_CreateDeviceObjects();
  request_frames();
}

// JSON of the state, for tests; the length of the inbox.
BLINDSPOT_EXPORT int bs_state() {
  const std::string json = page.state_provider ? page.state_provider() : std::string("null");
  page.inbox.assign(json.begin(), json.end());
  page.inbox.push_back('\0');
  return static_cast<int>(json.size());
}

}  // namespace blindspot::platform
