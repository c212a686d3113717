// May a page hold an answer it cannot read? https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
#pragma once

#include <string>

#include "core/cors/verdict.hpp"
#include "core/http/headers.hpp"
#include "core/http/url.hpp"

namespace blindspot {

// Cross-Origin-Embedder-Policy of the page.
enum class EmbedderPolicy { unsafe_none, credentialless, require_corp };

// Asked where CORS is not: mode no-cors across origins. `url` is where the answer comes from; `wanted` of the step is
// the narrowest policy that lets it pass.
StepTaken resource_policy_check(const Headers& response_headers, const Origin& page, const Url& url,
                                EmbedderPolicy embedder);
// An IP address, not a name.
bool is_address_host(std::string_view host);
// https://html.spec.whatwg.org/#schemelessly-same-site
bool is_schemelessly_same_site(const Origin& a, const Origin& b);

}  // namespace blindspot
