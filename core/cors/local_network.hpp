// Does a call reach from a wider network into a narrower one? https://wicg.github.io/local-network-access/
// Chromium asks the person from version 142 on and Firefox by 153 as well; WebKitGTK 2.50 does not: leave the option away.
#pragma once

#include <optional>
#include <string_view>

#include "core/http/request.hpp"

namespace blindspot {

// From the widest to the narrowest.
enum class AddressSpace { everyone, local, loopback };
enum class Permission { granted, denied, unanswered };

struct LocalNetwork {
  AddressSpace page = AddressSpace::everyone;
  std::optional<AddressSpace> server;    // nothing: told from the URL's host
  std::optional<AddressSpace> declared;  // the option targetAddressSpace of fetch()
  Permission permission = Permission::unanswered;
};

// https://wicg.github.io/local-network-access/#ip-address-space. A name tells little: only localhost and .local count.
AddressSpace address_space_of(std::string_view host);
std::string_view address_space_name(AddressSpace space);  // "public", "local", "loopback"
std::string_view permission_name(Permission permission);

// Whether the permission is asked for: the server stands in a narrower space than the page, and is not the page's own.
bool reaches_inward(const LocalNetwork& network, const Request& request);
AddressSpace server_space(const LocalNetwork& network, const Url& url);
// https://wicg.github.io/local-network-access/#mixed-content: what says itself that it is near is not mixed content.
bool may_be_cleartext(const LocalNetwork& network, const Url& url);

}  // namespace blindspot
