// The metaschemas of draft 7 and 2020-12 as far as they decide: a schema may refer to them without a download.
#pragma once

#include <string_view>

namespace blindspot {

// Empty when the URI (without a fragment) names no metaschema that is known here.
std::string_view metaschema_text(std::string_view uri);

}  // namespace blindspot
