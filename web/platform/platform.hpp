// What does the page ask of the browser, and what does the browser tell the page?
// The one border between our ImGui code and everything made of JavaScript: frames, input, fonts, clipboard, storage.
// What is drawn is left to the callers; what assistive technology reads of it, to mirror.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

struct ImFont;

namespace blindspot::platform {

// --- frames -------------------------------------------------------------------------------------------------------

// Makes the WebGL 2 context and ImGui, then calls `draw_frame` between NewFrame and Render whenever a frame is due.
// Returns once the first frame is scheduled (main may then return; the runtime stays). Where there is no WebGL 2, or the
// address asks for it, frames are laid out and never painted, and what they register with the mirror is the page.
void run(std::function<void()> draw_frame);

// From the canvas to the plain page, or back: by loading the page once more.
void switch_page();

// Asks for at least `count` more frames; ImGui needs two or three to settle. Safe at any time.
void request_frames(int count = 3);

// Asks for frames `ms` from now. Only the earliest pending deadline is kept: ask again in the frame that it causes.
void wake_after(double ms);

// Milliseconds since the page was opened (performance.now).
double now_ms();

// Frames drawn since the start.
std::uint64_t frame_count();

// --- surroundings -------------------------------------------------------------------------------------------------

enum class Engine { unknown, chromium, firefox, webkit };

struct Environment {
  bool dark = false;            // prefers-color-scheme
  bool reduced_motion = false;  // prefers-reduced-motion
  bool more_contrast = false;   // prefers-contrast: more, or forced colours
  bool coarse_pointer = false;  // the first pointer is a finger
  bool mac = false;             // shortcuts use Command
  bool online = true;           // navigator.onLine
  bool plain = false;           // nothing is painted: the mirror is the page
  bool can_paint = true;        // there is another page to switch to
  float width = 0, height = 0;  // of the canvas, in ImGui's pixels: CSS pixels divided by the scale
  float dpr = 1;                // device pixels per pixel of ImGui's
  std::string language;         // navigator.language, a BCP 47 tag
  std::string page_url;         // without the fragment
  std::string page_origin;      // "null" for a file
  Engine engine = Engine::unknown;
  std::string engine_name;     // "Chromium", "Firefox", "WebKit", or empty: a guess
  std::string engine_version;  // its major version, or empty
};

const Environment& environment();

// Draws everything `scale` times as large as CSS pixels would have it, or as much as leaves a layout room (640 px).
void set_scale(float scale);

// Grows by one whenever anything in the environment or the fragment has changed; frames follow by themselves.
std::uint64_t environment_revision();

// --- fonts --------------------------------------------------------------------------------------------------------
// The browser's own fonts: every script and colour emoji, drawn at size x DPR. Valid once run() has been called.
// ImGui::PushFont(font, px) gives the letters of CSS `font-size: px`; ImGui takes px as the line's height too, so that
// lines of text need spacing of their own. Where ImGui itself stacks lines (multi-line fields), use the _lines fonts:
// pushed with the height of a line, their letters are 1/line_ratio of it.

inline constexpr float line_ratio = 1.45f;

ImFont* sans();
ImFont* sans_semibold();
ImFont* mono();
ImFont* sans_lines();
ImFont* mono_lines();  // PushFont(mono_lines(), 13 * line_ratio): 13 px letters

// --- text and clipboard -------------------------------------------------------------------------------------------

// Which keyboard a phone shows for the field that is being edited; called in each frame that draws it.
enum class Keyboard { text, url, decimal };
void set_keyboard(Keyboard keyboard);

// The text an input method is composing and has not committed; the platform draws it at the caret itself.
const std::string& preedit();

// Copies now. Works in the frames that run inside a click or key press, on plain http too. False: nothing was copied.
bool copy_text(std::string_view text);

// What the copy under way shall carry: called in the frame in which Control or Command and C are pressed outside a field.
void give_selection(std::string_view text);

// A text that is read has the keyboard: a slash and Control or Command with Home and End are the page's. Told anew in every
// frame that wants them.
void take_reading_keys();

// Whether Escape has ended the editing of a field in this frame.
bool escape_ended_editing();

// Text pasted while no field was being edited, once; lines end in LF.
std::optional<std::string> take_paste();

// Offers `text` as a file to save.
void save_file(std::string_view name, std::string_view mime_type, std::string_view text);

// Opens an address in a new tab, without handing it our window; only http: and https:.
void open_link(std::string_view url);

// --- keeping ------------------------------------------------------------------------------------------------------

// For whom something is kept: all tabs of this browser, or this tab alone, where it also survives a reload and a crash.
enum class Shelf { browser, tab };

// The browser's storage under the project's prefix. It may be denied: then load gives nothing and store gives false.
std::optional<std::string> load(std::string_view key, Shelf shelf = Shelf::browser);
bool store(std::string_view key, std::string_view value, Shelf shelf = Shelf::browser);
void erase(std::string_view key, Shelf shelf = Shelf::browser);

// Calls `save` a moment after save_soon(), once for many calls, and at once when the page is hidden or left. Outside frames.
void set_saver(std::function<void()> save);
void save_soon();

// The address's fragment, without '#', not percent-decoded.
std::string fragment();

// The name we gave the history entry that is shown; empty: none, as of an entry that a link has made.
std::string entry();

enum class EntryChange { replace, push };
// Names the present history entry, or makes a new one; empty fragment: none. False where the browser refuses.
bool set_entry(std::string_view name, std::string_view fragment, EntryChange change);

// Whether Back, Forward or a link within the page has led to another entry since this was asked last; frames follow by themselves.
bool take_navigation();

// Ends the editing of a field without giving its text to anybody: the form becomes another one.
void drop_editing();

// --- the page around the canvas -----------------------------------------------------------------------------------

// Sets the document's lang and the Han forms (glyphs are drawn anew); "en", "zh-CN".
void set_language(std::string_view tag);

// Sets the document's title.
void set_title(std::string_view title);

// Tells the page which theme is drawn: clear colour (0xRRGGBB), form controls and the browser's own bars follow.
void set_theme(bool dark, std::uint32_t background);

// The canvas's name for assistive technology.
void set_canvas_label(std::string_view label);

enum class Politeness { polite, assertive };

// Has a screen reader say `text`; the same text again is said again.
void announce(std::string_view text, Politeness politeness = Politeness::polite);

// --- for tests ----------------------------------------------------------------------------------------------------

// `provider` returns JSON; window.__blindspot.state() parses it. Called outside frames.
void set_state_provider(std::function<std::string()> provider);

// Notes an error for window.__blindspot.errors() and the console; shows nothing.
void report_error(std::string_view text);

}  // namespace blindspot::platform
