// The metaschemas of draft 7 and 2020-12 as far as they decide, for schemas that refer to them. Apart from the rest, so that
// the page need not carry them.
#pragma once

#include "core/schema/schema_set.hpp"

namespace blindspot {

// What is there already under their URIs stays.
void add_metaschemas(Documents& documents);

}  // namespace blindspot
