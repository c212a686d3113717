// What in a request is a secret? By the sound of names, and by the place for user and password in a URL. Links and storage
// ask here; whether a secret may be kept is left to them.
#pragma once

#include <string>
#include <string_view>

#include "web/state.hpp"

namespace blindspot {

// Names whose values are secrets: Authorization, Cookie and what sounds like a token, key or password.
bool is_secret_name(std::string_view name);

// The address without user and password and without the values of parameters that sound secret, in query and fragment.
std::string url_without_secrets(std::string_view url);

// In a JSON text (which may be unfinished or wrong) what stands under a secret name is emptied, and so are strings that hold a text
// of their own with such a name; in a form (a=b&c=d) likewise. Any other body with a secret name in it is one secret as a whole.
std::string body_without_secrets(std::string_view body);

// Of what curl -i printed: values of headers that sound secret go, of each body and each Location what is secret in it, and the lines
// in which curl -v tells of the request.
std::string answers_without_secrets(std::string_view text);

// The draft without secrets; what equals the catalogue's own example, `known`, is none.
Draft without_secrets(const Draft& draft, const Draft& known);
// Of the courtroom; headers of its example are none.
CourtDraft without_secrets(const CourtDraft& draft);
// Of the desk, each of its texts as a body.
DeskDraft without_secrets(const DeskDraft& draft);

}  // namespace blindspot
