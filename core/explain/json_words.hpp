// The words for what is wrong in a JSON text: one sentence a cause, and the few phrases around it.
// Which fault it is and where it stands is autopsy's; how it is laid out is left to whoever shows it.
#pragma once

#include "core/explain/words.hpp"
#include "core/json/autopsy.hpp"

namespace blindspot {

Words json_fault_words(JsonFault fault);

enum class JsonPhrase {
  valid, broken, faults, repairable, not_repairable, warning, line, column, insert, remove, replace, by, bytes, encoding, page_title, made_by,
  login_page, says, messages, dialect, sees, gets_text, gets_value, more, repaired_text
};
Words json_phrase(JsonPhrase phrase);

}  // namespace blindspot
