// What the page shows as one line of text, and back: the fragment of a link, and what is kept of a tab.
//   case=cors-allow-origin-missing&lang=zh          lang=en&screen=court&court-method=GET&court-url=https://api.example.com/&court-answer=...
//   method=POST&url=https://api.example.com/orders&header=Accept:text/html&body=...
// Only what differs is written: from the case where one is chosen, else from the empty form; of the courtroom and the desk all that is filled in,
// unless it is the example. Where the text goes, and when, is left
// to web/keeping; what a secret is, to secrets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/state.hpp"

namespace blindspot {

inline constexpr std::size_t link_limit = 8 * 1024;        // bytes of a link's fragment
inline constexpr std::size_t kept_limit = 1024 * 1024;     // of what storage takes for one tab

enum class LeftOut { secrets, contract, body, answers, headers, url };

struct LinkText {
  std::string text;
  std::vector<LeftOut> left_out;  // what there was no room for, and secrets
};

// The fragment of a link to what is in the form, or in the courtroom or on the desk where that is shown: percent-encoded, at most link_limit, never a secret.
LinkText write_link(const Snapshot& shown, Language language, const Places& places);
// The same for storage, with screen and tab, as it stands. Secrets are the caller's to remove.
std::string write_kept(const Snapshot& shown, const Places& places, std::size_t limit = kept_limit);
// What the address bar shows: the case and the screen, nothing that was typed. May be empty.
std::string write_address(const Snapshot& shown);

struct Link {
  std::optional<Language> language;
  std::optional<Screen> screen;
  std::optional<RequestTab> tab;
  bool fills = false;                // whether it says anything of the form; then `draft` and `chosen` are the whole of it
  Draft draft;
  std::optional<ChosenCase> chosen;
  std::optional<CourtDraft> court;   // where it says anything of the courtroom; then the whole of it
  std::optional<DeskDraft> desk;     // likewise
  std::vector<Notice> problems;
};

// Reads any text; what makes no sense is left out and named in `problems`. Sends nothing, changes nothing.
Link read_link(std::string_view text, const Places& places, std::size_t limit = link_limit);

// What the form held before anything was typed: the chosen case's request, or nothing.
Draft untouched_draft(const std::optional<ChosenCase>& chosen, const Places& places);

}  // namespace blindspot
