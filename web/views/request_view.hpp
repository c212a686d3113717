// The form on the left: every string finished, every problem placed at its field.
#pragma once

#include <string>
#include <vector>

#include "web/state.hpp"
#include "web/views/field_note.hpp"
#include "web/views/secrets.hpp"

namespace blindspot {

struct RowView {
  std::string name, value;
  bool secret = false;  // shown as dots unless it is being edited
  std::vector<FieldNote> notes;
};

struct TabView {
  RequestTab tab;
  std::string id, text;
  bool chosen = false;
};

struct ChoiceView {
  std::string id, text;
  bool chosen = false;
};

struct RequestView {
  std::string method, url;
  std::vector<FieldNote> method_notes, url_notes, body_notes, contract_notes, program_error_notes, limit_notes;
  std::vector<TabView> tabs;
  RequestTab tab = RequestTab::headers;
  std::vector<RowView> query, headers;
  std::string body, contract, program_error, time_limit;
  bool include_credentials = false;
  std::vector<ChoiceView> modes;  // in the order of their enumerators
  std::string mode_note;
  bool sending = false;
  std::string progress;  // while sending
  bool can_clear = false;
  std::vector<FieldNote> notices;  // of links and storage, above the form
  std::string link, link_note;     // to what is in the form, with its address; what it leaves out, empty: nothing
  std::string copy_link;           // the button's label
  bool remember_secrets = false;
  bool has_secret_header = false;
};

FieldNote notice_text(Notice notice, Language language);

RequestView make_request_view(const State& state);

}  // namespace blindspot
