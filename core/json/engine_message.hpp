// What does JSON.parse say in each browser engine about these bytes? Worded as V8 (Chrome, Edge, Node 20 and later),
// SpiderMonkey (Firefox) and JavaScriptCore (Safari) word it; the place in the message counts UTF-16 code units as they
// do.
#pragma once

#include <string>
#include <string_view>

namespace blindspot {

enum class JsonEngine { v8, spidermonkey, javascriptcore };

// The message of the SyntaxError, or "" when JSON.parse takes the text. The bytes are decoded as text() does, bad UTF-8
// becoming U+FFFD, but a byte order mark is kept: where the page's own decoder takes it away, the caller does so first.
std::string engine_message(JsonEngine engine, std::string_view bytes);

}  // namespace blindspot
