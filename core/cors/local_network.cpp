// Does a call reach from a wider network into a narrower one? https://wicg.github.io/local-network-access/
#include "core/cors/local_network.hpp"

#include <array>
#include <charconv>

namespace blindspot {
namespace {

// The URL parser has written every IPv4 address with four decimal parts.
std::optional<std::array<unsigned, 4>> ipv4_parts(std::string_view host) {
  std::array<unsigned, 4> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto [end, error] = std::from_chars(host.data(), host.data() + host.size(), parts[i]);
    if (error != std::errc() || parts[i] > 255) return std::nullopt;
    host.remove_prefix(static_cast<std::size_t>(end - host.data()));
    if (i == 3) break;
    if (!host.starts_with('.')) return std::nullopt;
    host.remove_prefix(1);
  }
  if (!host.empty()) return std::nullopt;
  return parts;
}

AddressSpace space_of_ipv4(unsigned a, unsigned b) {
  if (a == 127 || a == 0) return AddressSpace::loopback;
  const bool local = a == 10 || (a == 100 && b >= 64 && b < 128) || (a == 169 && b == 254) ||
                     (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) || (a == 198 && (b == 18 || b == 19));
  return local ? AddressSpace::local : AddressSpace::everyone;
}

std::optional<unsigned> hexadecimal(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return value;
}

// Serialized: lower case, the longest run of zeros as "::".
AddressSpace space_of_ipv6(std::string_view address) {
  if (address == "::1" || address == "::") return AddressSpace::loopback;
  constexpr std::string_view mapped = "::ffff:";
  if (address.starts_with(mapped)) {
    const auto high = hexadecimal(address.substr(mapped.size()));
    if (high) return space_of_ipv4(*high >> 8, *high & 0xFF);
  }
  const auto first = hexadecimal(address);
  if (address.starts_with("::") || !first) return AddressSpace::everyone;
  const bool unique_local = (*first & 0xFE00) == 0xFC00;
  const bool link_local = (*first & 0xFFC0) == 0xFE80;
  return unique_local || link_local ? AddressSpace::local : AddressSpace::everyone;
}

}  // namespace

AddressSpace address_space_of(std::string_view host) {
  if (is_loopback_host(host)) return AddressSpace::loopback;
  if (host.starts_with('[') && host.ends_with(']')) return space_of_ipv6(host.substr(1, host.size() - 2));
  if (const auto parts = ipv4_parts(host)) return space_of_ipv4((*parts)[0], (*parts)[1]);
  return host.ends_with(".local") || host.ends_with(".local.") ? AddressSpace::local : AddressSpace::everyone;
}

std::string_view address_space_name(AddressSpace space) {
  switch (space) {
    case AddressSpace::everyone:
      return "public";
    case AddressSpace::local:
      return "local";
    case AddressSpace::loopback:
      return "loopback";
  }
  return "";
}

std::string_view permission_name(Permission permission) {
  switch (permission) {
    case Permission::granted:
      return "granted";
    case Permission::denied:
      return "denied";
    case Permission::unanswered:
      return "unanswered";
  }
  return "";
}

AddressSpace server_space(const LocalNetwork& network, const Url& url) {
  return network.server.value_or(address_space_of(url.host));
}

bool reaches_inward(const LocalNetwork& network, const Request& request) {
  // BROWSERS: the text exempts a trustworthy origin that calls itself; Chromium 156 lets an untrustworthy one pass too.
  if (is_same_origin(request.page.origin, origin_of(request.url))) return false;
  return server_space(network, request.url) > network.page;
}

bool may_be_cleartext(const LocalNetwork& network, const Url& url) {
  const AddressSpace announced = network.declared.value_or(address_space_of(url.host));
  return announced > AddressSpace::everyone;
}

}  // namespace blindspot
