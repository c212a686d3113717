// What crosses between this folder's C++ and its JavaScript? Private to the folder.
// Strings come from JavaScript by one inbox (JavaScript fills it and passes the length; C++ reads it before anything
// else can), and go there as pointer and length. No allocation crosses, no Emscripten string helper is needed.
#pragma once

#include <string>
#include <string_view>

#define BLINDSPOT_EXPORT extern "C" __attribute__((used, visibility("default")))

// The inbox, made `length` bytes long, for JavaScript to fill.
BLINDSPOT_EXPORT char* bs_inbox(int length);

// Implemented in the .js files of this folder.
extern "C" {
// frames.js
enum Surface { surface_none, surface_canvas, surface_plain };
int bs_start_page();  // surface_canvas: the WebGL 2 context is there and current; surface_none: the page shows why not; surface_plain: it was asked for
void bs_request_frame();
void bs_wake_after(double ms);  // negative: no deadline
double bs_now();
int bs_fit_canvas();  // backing store = canvas size in device pixels; whether it differed, and so is empty now
void bs_first_frame();
void bs_frame_done(int pending, double ms);  // ms: of our own work for it, drawing by WebGL left out
void bs_read_environment();
void bs_scale(float scale);
void bs_error(const char* text, int length);
// input.js
void bs_start_input(int plain);
void bs_text_input(int active, float x, float y, float line_height, int keyboard);
void bs_cursor(int imgui_cursor);
int bs_copy(const char* text, int length);
// glyphs.js: out = advance, left, top, width, height, coloured (device pixels); pixels are in the inbox.
void bs_glyph(int font, float pixels, int code_point, int dark_ink, int advance_only, float* out);
void bs_glyph_language(const char* tag, int length);
// page.js: the int results are the length of the inbox, or -1 for nothing.
int bs_load(const char* key, int key_length, int tab);
int bs_store(const char* key, int key_length, const char* value, int value_length, int tab);
void bs_erase(const char* key, int key_length, int tab);
void bs_watch_leaving();
void bs_save_soon();
int bs_fragment();
int bs_entry();
int bs_set_entry(const char* name, int name_length, const char* fragment, int fragment_length, int push);
void bs_language(const char* tag, int length);
void bs_title(const char* title, int length);
void bs_theme(int dark, int background);
void bs_canvas_label(const char* label, int length);
void bs_announce(const char* text, int length, int assertive);
void bs_save_file(const char* name, int name_length, const char* type, int type_length, const char* text, int text_length);
void bs_open_link(const char* url, int length);
void bs_switch_page(int to_plain);
double bs_number(const char* text, char** end);  // of the decimal number that opens `text`, else 0; end, if any, is set behind it
// mirror.js
void bs_mirror(const char* records, int length);
}

namespace blindspot::platform {

// The first `length` bytes that JavaScript has put into the inbox.
std::string_view inbox(int length);

// Draws frames at once, without painting, until ImGui's event queue is empty: so that what an event causes (a copy, a
// focus change) happens inside the event. The painted frame follows by itself. Does nothing within a frame.
void run_frames_now();

// Whether a frame is being built.
bool in_frame();

void start_fonts();
// Has every glyph drawn anew before the next frame (theme, language or density changed).
void redraw_glyphs();
// Called before NewFrame.
void refresh_fonts();
void set_glyph_ink(bool dark);
// Joiners, direction marks, variation selectors: characters without a picture.
bool is_invisible(unsigned int code_point);

void start_input();
// Called right before ImGui::NewFrame and right after ImGui::Render.
void input_before_frame(float delta_seconds);
void input_after_frame();
// Draws the composed text at the caret; called at the end of the frame's drawing.
void draw_preedit();
// Whether input asks for more frames by itself (held buttons, inertia).
bool input_wants_frames();

// Brings the DOM into line when what was registered has changed.
void mirror_begin_frame();
void mirror_end_frame(bool settled);
// The tab stops of the last frame: whether the focused one is the first or last, so that Tab leaves the canvas.
bool focus_is_at_end(bool backwards);

void environment_changed();

}  // namespace blindspot::platform
