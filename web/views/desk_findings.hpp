// What lies on the desk, examined, as finished strings: whether it is JSON, each fault with its place, the edits that mend it
// before and after, what each client makes of the bytes, what breaks the contract, what differs from the good answer, types.
// It is the part of the desk that the page loads only when somebody goes there: web/later.
#pragma once

#include <string>
#include <vector>

#include "core/explain/explanation.hpp"
#include "core/http/headers.hpp"
#include "web/views/field_note.hpp"

namespace blindspot {

struct DeskQuestion {
  Language language = Language::en;
  Bytes text;
  std::string contract, good;  // as on the desk
  std::string decoded;         // the text by the host's decoder, where core has none for its encoding
};

struct DeskFaultView {
  std::string id, place, path, sentence, code;
  std::string excerpt;        // where no edit shows the text
  std::string before, after;  // the text around, as it is and as its edits leave it
  std::size_t first_edit = 0, edits = 0;  // of the repair, which mend this fault
  Meaning meaning = Meaning::bad;
};

struct DeskClientView {
  std::string id, name, gets;
  Meaning meaning = Meaning::plain;
};

struct DeskDifferenceView {
  std::string id, path, good, other;
  Meaning meaning = Meaning::plain;
};

struct DeskFindings {
  std::vector<FieldNote> contract_notes, good_notes;
  bool valid = false;

  Meaning meaning = Meaning::plain;
  std::string title;
  std::vector<std::string> facts;  // encoding, who made the page, what it says
  std::vector<DeskFaultView> faults;
  std::string more_faults;
  std::size_t edits = 0;  // of the whole repair
  std::string repaired, not_repairable;
  std::vector<DeskClientView> clients;

  bool contract_in_force = false;
  std::string contract_note;  // learnt from the good answer
  std::vector<DeskFaultView> breaches;
  std::string more_breaches;
  std::vector<std::string> unchecked;
  std::vector<DeskDifferenceView> differences;
  std::string differences_note;
  std::string types, schema;  // TypeScript; the contract in force when it is not the one typed
};

DeskFindings examine_desk(const DeskQuestion& question);

}  // namespace blindspot
