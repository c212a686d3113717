// May a page hold an answer it cannot read? https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
#include "core/cors/resource_policy.hpp"

#include <algorithm>

#include "core/cors/steps.hpp"

namespace blindspot {
namespace {

constexpr std::string_view policy_name = "Cross-Origin-Resource-Policy";

std::string_view last_labels(std::string_view host, int count) {
  std::size_t at = host.size();
  for (; count > 0 && at != std::string_view::npos && at != 0; --count) at = host.rfind('.', at - 1);
  return at == std::string_view::npos || at == 0 ? host : host.substr(at + 1);
}

// AD-HOC: the public suffix list is too large to carry. Two labels make a site, three below the common suffixes of two.
std::string_view site_of(std::string_view host) {
  if (is_address_host(host)) return host;
  constexpr std::string_view shared[] = {"github.io", "gitlab.io", "pages.dev", "workers.dev", "web.app", "vercel.app",
                                         "netlify.app", "herokuapp.com", "onrender.com", "azurewebsites.net"};
  const std::string_view two = last_labels(host, 2);
  const std::string_view second = two.substr(0, two.find('.'));
  constexpr std::string_view under_country[] = {"co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go"};
  const bool country = two.size() == second.size() + 3 &&
                       std::find(std::begin(under_country), std::end(under_country), second) != std::end(under_country);
  const bool suffix = country || std::find(std::begin(shared), std::end(shared), two) != std::end(shared);
  return suffix ? last_labels(host, 3) : two;
}

}  // namespace

bool is_address_host(std::string_view host) {
  return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_schemelessly_same_site(const Origin& a, const Origin& b) {
  if (a.opaque || b.opaque) return false;
  return a.host == b.host || site_of(a.host) == site_of(b.host);
}

StepTaken resource_policy_check(const Headers& response_headers, const Origin& page, const Url& url,
                                EmbedderPolicy embedder) {
  const std::optional<std::string> value = header_value(response_headers, policy_name);
  std::string subject = value ? std::string(policy_name) + ": " + *value : std::string(policy_name);
  const Origin server = origin_of(url);
  const bool near = is_schemelessly_same_site(page, server) && (page.scheme == "https" || url.scheme != "https");
  const bool home = is_same_origin(page, server);

  // cross-origin-resource-policy-internal-check.2, .3: anything but one of the three words says nothing.
  std::string_view policy = value ? std::string_view(*value) : "";
  if (policy != "same-origin" && policy != "same-site" && policy != "cross-origin") policy = "";
  // .4: a page that demands consent takes silence for a no. NB: under credentialless a request without CORS carries no
  // credentials, so that silence is enough.
  if (policy.empty() && embedder == EmbedderPolicy::require_corp) policy = "same-origin";

  // .5
  const bool allowed = policy.empty() || policy == "cross-origin" || (policy == "same-site" && near) ||
                       (policy == "same-origin" && home);
  return {step::resource_policy, allowed, std::move(subject), allowed ? "" : near ? "same-site" : "cross-origin"};
}

}  // namespace blindspot
