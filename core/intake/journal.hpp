// What did the lab write down? Its journal, and what its addresses are kept for, read into an exchange.
#pragma once

#include <optional>
#include <string_view>

#include "core/catalogue/catalogue.hpp"
#include "core/http/exchange.hpp"
#include "core/http/request.hpp"

namespace blindspot {

struct Journal {
  Exchange exchange;
  int repeats = 0;    // requests the browser sent again by itself
  bool open = false;  // something was still going on when the journal was read
};

// Reads the answer of /journal/<id> for this request. Nothing when it is no journal.
std::optional<Journal> parse_journal(std::string_view json, const Request& request);

// The exchange of a call to an address that the lab keeps for one fault (closed port, expired certificate, ...).
// Nothing for the places that play scripts. `online` is navigator.onLine: without it `offline` is only an unknown host.
std::optional<Exchange> exchange_of_place(Target target, const Request& request, bool online);

}  // namespace blindspot
