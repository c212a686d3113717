// Does a text have the form that `format` names? The forms that answers of APIs carry; an unknown one fits everything.
#pragma once

#include <string_view>

namespace blindspot {

// date-time, date, time, duration, email, hostname, ipv4, ipv6, uri, uri-reference, uuid, json-pointer,
// relative-json-pointer, regex.
bool fits_format(std::string_view format, std::string_view text);

// The format that a text looks like, the most telling one, or "": date-time, date, time, uuid, email, ipv4, ipv6, uri.
std::string_view guess_format(std::string_view text);

}  // namespace blindspot
