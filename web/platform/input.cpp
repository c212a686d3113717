// How do the browser's pointer, key, text and clipboard events become ImGui's?
// Text comes only as text (input.js's hidden textarea), keys only as keys; pasting and copying happen inside the
// browser's own event, because that is the only place where every browser allows them. Which events are the browser's
// and never reach us is decided in input.js.
#include "web/platform/platform.hpp"

#include "web/platform/bridge.hpp"

#include "imgui.h"
#include "imgui_internal.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <utility>

namespace blindspot::platform {
namespace {

constexpr float preedit_font_px = 14.0f;
constexpr float touch_slop_px = 8.0f;           // a finger that moves less has tapped
constexpr double long_press_ms = 500.0;         // then the finger drags (selects) instead of scrolling
constexpr float inertia_seconds = 0.325f;       // time constant of the slowing down
constexpr float slowest_inertia_px_s = 15.0f;
constexpr double fling_window_ms = 80.0;        // a finger that rests this long before lifting does not fling

enum class TouchPhase { none, undecided, scrolling, dragging };

struct Touch {
  TouchPhase phase = TouchPhase::none;
  ImVec2 start, last;
  double started_ms = 0, moved_ms = 0;
  ImVec2 velocity;  // px/s of the content
  ImGuiID window = 0;
};

struct Input {
  std::string clipboard;
  bool clipboard_set = false;  // ImGui has copied since the flag was cleared
  std::optional<std::string> pasted;
  std::string preedit;
  ImGuiPlatformImeData ime;
  Touch touch;
  bool coasting = false;
  int cursor = ImGuiMouseCursor_Arrow;
  bool text_active = false;
  ImVec2 text_position;
  float text_line_height = 0;
  Keyboard keyboard = Keyboard::text, shown_keyboard = Keyboard::text;
  bool leave_requested = false;
  bool stop_editing_requested = false;
  bool editing_escaped = false;             // in the frame under way
  bool takes_reading_keys = false, wants_reading_keys = false;
  float last_height = 0;
};

Input input;

struct NamedKey {
  std::string_view code;
  ImGuiKey key;
};

constexpr NamedKey named_keys[] = {
    {"Tab", ImGuiKey_Tab},           {"ArrowLeft", ImGuiKey_LeftArrow}, {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},   {"ArrowDown", ImGuiKey_DownArrow}, {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown}, {"Home", ImGuiKey_Home},           {"End", ImGuiKey_End},
    {"Insert", ImGuiKey_Insert},     {"Delete", ImGuiKey_Delete},       {"Backspace", ImGuiKey_Backspace},
    {"Space", ImGuiKey_Space},       {"Enter", ImGuiKey_Enter},         {"Escape", ImGuiKey_Escape},
    {"Slash", ImGuiKey_Slash},
};

ImGuiKey key_of(std::string_view code) {
  if (code.size() == 4 && code.substr(0, 3) == "Key" && code[3] >= 'A' && code[3] <= 'Z') {
    return static_cast<ImGuiKey>(ImGuiKey_A + (code[3] - 'A'));
  }
  if (code.size() == 6 && code.substr(0, 5) == "Digit" && code[5] >= '0' && code[5] <= '9') {
    return static_cast<ImGuiKey>(ImGuiKey_0 + (code[5] - '0'));
  }
  for (const NamedKey& named : named_keys) {
    if (named.code == code) return named.key;
  }
  return ImGuiKey_None;
}

// As input.js packs them.
enum ModifierBit { bit_ctrl = 1, bit_shift = 2, bit_alt = 4, bit_meta = 8 };

void set_modifiers(int bits) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, bits & bit_ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, bits & bit_shift);
  io.AddKeyEvent(ImGuiMod_Alt, bits & bit_alt);
  io.AddKeyEvent(ImGuiMod_Super, bits & bit_meta);
}

// The browser's shortcut as ImGui's, then everything let go: real modifiers come again with the next real event.
void press_shortcut(ImGuiKey key) {
  set_modifiers(environment().mac ? bit_meta : bit_ctrl);
  ImGui::GetIO().AddKeyEvent(key, true);
  ImGui::GetIO().AddKeyEvent(key, false);
  set_modifiers(0);
}

void press_key(ImGuiKey key) {
  ImGui::GetIO().AddKeyEvent(key, true);
  ImGui::GetIO().AddKeyEvent(key, false);
}

// How often a key has to be pressed for a person to see one step: joiners and variation selectors have no picture, so a
// step takes them along with the character they follow.
int presses_for_a_step(ImGuiKey key) {
  const ImGuiInputTextState& text = GImGui->InputTextState;
  const ImGuiIO& io = ImGui::GetIO();
  if (GImGui->ActiveId == 0 || GImGui->ActiveId != text.ID || (text.Flags & ImGuiInputTextFlags_ReadOnly)) return 1;
  if (io.KeyCtrl || io.KeyAlt) return 1;
  if (text.HasSelection() && !io.KeyShift) return 1;
  const char* begin = text.TextA.Data;
  const char* end = begin + text.TextLen;
  const char* at = begin + text.GetCursorPos();
  const auto code_point = [&](const char* from) {
    unsigned int out = 0;
    ImTextCharFromUtf8(&out, from, end);
    return out;
  };
  int presses = 1;
  if (key == ImGuiKey_RightArrow || key == ImGuiKey_Delete) {
    if (at < end) at += ImTextCountUtf8BytesFromChar(at, end);
    for (; at < end && is_invisible(code_point(at)); ++presses) at += ImTextCountUtf8BytesFromChar(at, end);
  } else if (key == ImGuiKey_LeftArrow || key == ImGuiKey_Backspace) {
    while (at > begin) {
      at = ImTextFindPreviousUtf8Codepoint(begin, at);
      if (at == begin || !is_invisible(code_point(at))) break;
      ++presses;
    }
  }
  return presses;
}

std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') out.push_back(text[i]);
    else if (i + 1 == text.size() || text[i + 1] != '\n') out.push_back('\n');
  }
  return out;
}

// ImGui's paste is its one edit of many characters.
void insert_at_once(std::string text) {
  input.clipboard = std::move(text);
  press_shortcut(ImGuiKey_V);
  run_frames_now();
}

ImGuiWindow* scrollable_at(ImGuiWindow* window, ImVec2 movement) {
  for (; window != nullptr; window = window->ParentWindow) {
    const bool vertical = std::fabs(movement.y) >= std::fabs(movement.x);
    const float at = vertical ? window->Scroll.y : window->Scroll.x, most = vertical ? window->ScrollMax.y : window->ScrollMax.x;
    // What stands at its end leaves the movement to what is around it.
    const bool can_move = (vertical ? movement.y : movement.x) > 0.0f ? at > 0.0f : at < most;
    const bool refuses = (window->Flags & ImGuiWindowFlags_NoScrollWithMouse) && window->ParentWindow != nullptr;
    if (can_move && !refuses) return window;
    if (!(window->Flags & ImGuiWindowFlags_ChildWindow)) return nullptr;
  }
  return nullptr;
}

// Moves the content with the finger; false at the end of the way.
bool scroll_by(ImVec2 movement) {
  ImGuiWindow* window = ImGui::FindWindowByID(input.touch.window);
  if (window == nullptr) return false;
  // A scroll asked for since the last frame has not happened yet.
  const ImVec2 before(window->ScrollTarget.x < FLT_MAX ? window->ScrollTarget.x : window->Scroll.x,
                      window->ScrollTarget.y < FLT_MAX ? window->ScrollTarget.y : window->Scroll.y);
  const auto moved = [](float from, float by, float most) { return std::clamp(from - by, 0.0f, std::max(most, 0.0f)); };
  const ImVec2 after(moved(before.x, movement.x, window->ScrollMax.x), moved(before.y, movement.y, window->ScrollMax.y));
  if (after.x != before.x) ImGui::SetScrollX(window, after.x);
  if (after.y != before.y) ImGui::SetScrollY(window, after.y);
  return after.x != before.x || after.y != before.y;
}

void mouse_away() { ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX); }

void touch_down(ImVec2 at) {
  input.coasting = false;
  input.touch = {};
  input.touch.phase = TouchPhase::undecided;
  input.touch.start = input.touch.last = at;
  input.touch.started_ms = input.touch.moved_ms = bs_now();
  ImGui::GetIO().AddMousePosEvent(at.x, at.y);  // hover only: whether it is a tap shows when the finger lifts
  run_frames_now();  // a quick finger moves before the next frame, and what it scrolls is what was under it
  wake_after(long_press_ms);
}

void touch_move(ImVec2 at) {
  Touch& touch = input.touch;
  const double now = bs_now();
  const ImVec2 from_start = at - touch.start;
  if (touch.phase == TouchPhase::undecided) {
    if (ImLengthSqr(from_start) < touch_slop_px * touch_slop_px) return;
    ImGuiWindow* window = scrollable_at(GImGui->HoveredWindow, from_start);
    touch.window = window != nullptr ? window->ID : 0;
    touch.phase = TouchPhase::scrolling;
    mouse_away();  // nothing under the finger is meant
  } else if (touch.phase == TouchPhase::scrolling) {
    const ImVec2 movement = at - touch.last;
    scroll_by(movement);
    const float seconds = static_cast<float>(std::max(now - touch.moved_ms, 1.0) / 1000.0);
    const float weight = std::min(seconds / 0.05f, 1.0f);
    touch.velocity = ImLerp(touch.velocity, movement / seconds, weight);
  } else if (touch.phase == TouchPhase::dragging) {
    ImGui::GetIO().AddMousePosEvent(at.x, at.y);
  }
  touch.last = at;
  touch.moved_ms = now;
}

void touch_up(ImVec2 at, bool cancelled) {
  ImGuiIO& io = ImGui::GetIO();
  Touch& touch = input.touch;
  const TouchPhase phase = touch.phase;
  touch.phase = TouchPhase::none;
  if (phase == TouchPhase::undecided && !cancelled) {
    io.AddMousePosEvent(touch.start.x, touch.start.y);
    io.AddMouseButtonEvent(0, true);
    io.AddMouseButtonEvent(0, false);
  } else if (phase == TouchPhase::dragging) {
    io.AddMousePosEvent(at.x, at.y);
    io.AddMouseButtonEvent(0, false);
  } else if (phase == TouchPhase::scrolling && !cancelled && !environment().reduced_motion) {
    input.coasting = bs_now() - touch.moved_ms < fling_window_ms;
  }
  run_frames_now();
  mouse_away();
}

// The field being edited is kept in sight when the canvas shrinks under it (a phone's keyboard comes up).
void keep_field_in_sight() {
  const float height = ImGui::GetIO().DisplaySize.y;
  const bool shrunk = height < input.last_height;
  input.last_height = height;
  ImGuiContext& g = *GImGui;
  if (!shrunk || !input.text_active || g.ActiveIdWindow == nullptr) return;
  const ImVec2 at = input.ime.InputPos;
  ImGui::ScrollToRect(g.ActiveIdWindow, ImRect(at, at + ImVec2(1.0f, input.ime.InputLineHeight * 2.0f)));
  request_frames();
}

}  // namespace

const std::string& preedit() { return input.preedit; }

bool copy_text(std::string_view text) { return bs_copy(text.data(), static_cast<int>(text.size())) != 0; }

void set_keyboard(Keyboard keyboard) { input.keyboard = keyboard; }

void give_selection(std::string_view text) {
  input.clipboard = text;
  input.clipboard_set = true;
}

void take_reading_keys() { input.wants_reading_keys = true; }

bool escape_ended_editing() { return input.editing_escaped; }

std::optional<std::string> take_paste() { return std::exchange(input.pasted, std::nullopt); }

void drop_editing() {
  ImGui::ClearActiveID();
  GImGui->InputTextDeactivatedState.ID = 0;  // else the field would give its text when it is drawn next
}

void start_input() {
  ImGuiPlatformIO& platform_io = ImGui::GetPlatformIO();
  platform_io.Platform_GetClipboardTextFn = [](ImGuiContext*) { return input.clipboard.c_str(); };
  platform_io.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
    input.clipboard = text;
    input.clipboard_set = true;
  };
  platform_io.Platform_SetImeDataFn = [](ImGuiContext*, ImGuiViewport*, ImGuiPlatformImeData* data) { input.ime = *data; };
}

void input_before_frame(float delta_seconds) {
  input.keyboard = Keyboard::text;
  if (input.touch.phase == TouchPhase::undecided && bs_now() - input.touch.started_ms >= long_press_ms) {
    input.touch.phase = TouchPhase::dragging;
    ImGui::GetIO().AddMouseButtonEvent(0, true);
  }
  if (input.coasting) {
    const bool moved = scroll_by(input.touch.velocity * delta_seconds);
    input.touch.velocity *= std::exp(-delta_seconds / inertia_seconds);
    const bool slow = ImLengthSqr(input.touch.velocity) < slowest_inertia_px_s * slowest_inertia_px_s;
    if (!moved || slow) input.coasting = false;
  }
  input.wants_reading_keys = false;
  input.editing_escaped = input.stop_editing_requested;
  if (input.stop_editing_requested) {
    input.stop_editing_requested = false;
    ImGui::ClearActiveID();
  }
  if (input.leave_requested) {
    input.leave_requested = false;
    ImGui::ClearActiveID();
    ImGui::SetNavCursorVisible(false);
    if (GImGui->NavWindow != nullptr) {
      ImGuiWindow* root = GImGui->NavWindow->RootWindow;
      ImGui::FocusWindow(root);
      ImGui::SetNavID(0, ImGuiNavLayer_Main, root->NavRootFocusScopeId, ImRect());
    }
  }
}

void input_after_frame() {
  const bool active = ImGui::GetIO().WantTextInput;
  const ImVec2 at = input.ime.InputPos;
  const bool moved = at.x != input.text_position.x || at.y != input.text_position.y ||
                     input.ime.InputLineHeight != input.text_line_height || input.keyboard != input.shown_keyboard;
  if (active != input.text_active || (active && moved)) {
    input.text_active = active;
    input.text_position = at;
    input.text_line_height = input.ime.InputLineHeight;
    input.shown_keyboard = input.keyboard;
    if (!active) input.preedit.clear();
    bs_text_input(active ? 1 : 0, at.x, at.y, input.ime.InputLineHeight, static_cast<int>(input.keyboard));
  }
  input.takes_reading_keys = input.wants_reading_keys;
  const int cursor = ImGui::GetMouseCursor();
  if (cursor != input.cursor) {
    input.cursor = cursor;
    bs_cursor(cursor);
  }
  keep_field_in_sight();
}

void draw_preedit() {
  if (input.preedit.empty() || !ImGui::GetIO().WantTextInput) return;
  const ImVec2 at = input.ime.InputPos;
  ImGui::PushFont(sans(), preedit_font_px);
  const ImVec2 extent = ImGui::CalcTextSize(input.preedit.c_str());
  const float room = ImGui::GetIO().DisplaySize.x - extent.x - 4.0f;
  const ImVec2 corner(std::max(std::min(at.x, room), 0.0f), at.y + (input.ime.InputLineHeight - extent.y) * 0.5f);
  ImDrawList* list = ImGui::GetForegroundDrawList();
  const ImU32 text = ImGui::GetColorU32(ImGuiCol_Text);
  const ImU32 back = ImGui::GetColorU32(ImGuiCol_PopupBg) | IM_COL32_A_MASK;
  list->AddRectFilled(corner - ImVec2(0.0f, 3.0f), corner + extent + ImVec2(2.0f, 4.0f), back, 2.0f);
  list->AddText(corner, text, input.preedit.c_str());
  list->AddLine(corner + ImVec2(0.0f, extent.y + 2.0f), corner + extent + ImVec2(0.0f, 2.0f), text);
  ImGui::PopFont();
}

bool input_wants_frames() {
  if (input.coasting) return true;
  const ImGuiIO& io = ImGui::GetIO();
  for (const bool down : io.MouseDown) {
    if (down) return true;
  }
  return false;
}

// --- called by input.js -------------------------------------------------------------------------------------------

enum PointerKind { pointer_move, pointer_down, pointer_up, pointer_leave, pointer_cancel };

BLINDSPOT_EXPORT void bs_pointer(int kind, float x, float y, int button, int modifiers, int touch) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
  const ImVec2 at(x, y);
  request_frames();
  if (touch) {
    if (kind == pointer_down) touch_down(at);
    if (kind == pointer_move) touch_move(at);
    if (kind == pointer_up) touch_up(at, false);
    if (kind == pointer_cancel) touch_up(at, true);
    return;
  }
  set_modifiers(modifiers);
  switch (kind) {
    case pointer_move: io.AddMousePosEvent(x, y); break;
    case pointer_down:
      input.coasting = false;
      io.AddMousePosEvent(x, y);
      io.AddMouseButtonEvent(button, true);
      break;
    case pointer_up:
      io.AddMousePosEvent(x, y);
      io.AddMouseButtonEvent(button, false);
      run_frames_now();
      break;
    case pointer_leave: mouse_away(); break;
    case pointer_cancel:
      for (int i = 0; i < ImGuiMouseButton_COUNT; ++i) io.AddMouseButtonEvent(i, false);
      break;
    default: break;
  }
}

BLINDSPOT_EXPORT void bs_wheel(float x, float y, int modifiers) {
  input.coasting = false;
  set_modifiers(modifiers);
  ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_Mouse);
  ImGui::GetIO().AddMouseWheelEvent(x, y);
  request_frames();
}

// The code is in the inbox. Frames run at once, so that what the key causes happens within its event.
BLINDSPOT_EXPORT void bs_key(int length, int down, int modifiers) {
  const ImGuiKey key = key_of(inbox(length));
  set_modifiers(modifiers);
  // In ImGui, Escape throws away what was typed; on a page it must not.
  const bool stops_editing = key == ImGuiKey_Escape && ImGui::GetIO().WantTextInput;
  if (stops_editing && down != 0) {
    run_frames_now();  // what was typed before it comes first
    input.stop_editing_requested = true;
  } else if (key != ImGuiKey_None) {
    for (int more = down != 0 ? presses_for_a_step(key) - 1 : 0; more > 0; --more) press_key(key);
    ImGui::GetIO().AddKeyEvent(key, down != 0);
  }
  request_frames();
  if (down != 0) run_frames_now();
}

// A key that comes as an edit (phones' keyboards): pressed and let go.
BLINDSPOT_EXPORT void bs_key_press(int length) {
  set_modifiers(0);
  const ImGuiKey key = key_of(inbox(length));
  for (int presses = presses_for_a_step(key); presses > 0; --presses) press_key(key);
  run_frames_now();
}

// More than one character at once (an input method's words, an emoji of several) goes in as one step to undo.
BLINDSPOT_EXPORT void bs_text(int length) {
  input.preedit.clear();
  const std::string text(inbox(length));
  if (ImTextCountCharsFromUtf8(text.data(), text.data() + text.size()) > 1 && ImGui::GetIO().WantTextInput) {
    insert_at_once(text);
    return;
  }
  set_modifiers(0);  // with Ctrl down ImGui takes no text; the browser has decided that this is text
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
  request_frames();
}

BLINDSPOT_EXPORT void bs_preedit(int length) {
  input.preedit = inbox(length);
  request_frames();
}

BLINDSPOT_EXPORT void bs_paste(int length) {
  std::string text = with_line_feeds(inbox(length));
  if (!ImGui::GetIO().WantTextInput) {
    input.pasted = std::move(text);
    run_frames_now();
    return;
  }
  insert_at_once(std::move(text));
}

// Whether the keys of reading a text are ours.
BLINDSPOT_EXPORT int bs_reading_keys() { return input.takes_reading_keys ? 1 : 0; }

// Copies or cuts what is selected, in a field or in the page's text; the length of the text in the inbox, or -1 where
// nothing was selected.
BLINDSPOT_EXPORT int bs_take_selection(int cut) {
  input.clipboard_set = false;
  press_shortcut(cut ? ImGuiKey_X : ImGuiKey_C);
  run_frames_now();
  if (!input.clipboard_set) return -1;
  char* into = bs_inbox(static_cast<int>(input.clipboard.size()));
  std::copy(input.clipboard.begin(), input.clipboard.end(), into);
  return static_cast<int>(input.clipboard.size());
}

BLINDSPOT_EXPORT void bs_focus(int focused) {
  ImGui::GetIO().AddFocusEvent(focused != 0);  // losing it releases every key and button
  if (!focused) input.touch.phase = TouchPhase::none;
  request_frames();
}

BLINDSPOT_EXPORT void bs_release_keys() {
  ImGui::GetIO().ClearInputKeys();
  set_modifiers(0);
  request_frames();
}

// Whether Tab should leave the canvas.
BLINDSPOT_EXPORT int bs_tab_leaves(int backwards) { return focus_is_at_end(backwards != 0) ? 1 : 0; }

// Tab leaves the canvas: ImGui's own focus is put away, so that coming back starts at an end.
BLINDSPOT_EXPORT void bs_leave() {
  run_frames_now();
  input.leave_requested = true;
  request_frames();
}

// The keyboard has come into the canvas: the first or the last item takes it.
BLINDSPOT_EXPORT void bs_tab_enters(int backwards) {
  if (GImGui->NavWindow == nullptr) ImGui::FocusTopMostWindowUnderOne(nullptr, nullptr, nullptr, ImGuiFocusRequestFlags_None);
  set_modifiers(backwards ? bit_shift : 0);
  press_key(ImGuiKey_Tab);
  set_modifiers(0);
  run_frames_now();
}

}  // namespace blindspot::platform
