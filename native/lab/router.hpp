// What is answered to a request? Pure decisions: an answer to send, or a script to play. Nothing here touches a socket.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "core/http/headers.hpp"
#include "core/http/wire_script.hpp"
#include "native/lab/cases.hpp"
#include "native/lab/http_request.hpp"
#include "native/lab/journal.hpp"
#include "native/lab/limits.hpp"
#include "native/lab/static_files.hpp"
#include <nlohmann/json_fwd.hpp>

namespace blindspot::lab {

// Which listener a connection came in by; the order is that of the ports.
enum class Role { page, lab, tls_good, tls_expired, tls_self_signed, tls_wrong_host, tls_handshake };

// The target's name in /lab.json and in the journal; empty for the page.
std::string_view target_of_role(Role role);
// How a call fails there when the client looks at the certificate.
Reach reach_of_role(Role role);

// A finished answer.
struct Answer {
  int status = 200;
  Headers headers;
  std::shared_ptr<const std::string> body;
};

// A fault to play, act by act.
struct Play {
  Script script;  // resolved
  std::string run;  // empty: not journalled
  bool preflight = false;
  std::chrono::milliseconds time_cap{0};
  std::uint64_t byte_cap = 0;
};

using Reply = std::variant<Answer, Play>;

struct RouterSettings {
  std::uint16_t first_port = 8080;
  bool lan = false;
  bool never_accepts = true;
  std::string version;
  std::string ca_pem;
};

class Router {
 public:
  Router(RouterSettings settings, Limits limits, StaticFiles files, Cases cases, Journal& journal);

  Reply route(const HttpRequest& request, Role role);
  // The absolute URL a request was made to.
  std::string url_of(const HttpRequest& request, Role role) const;
  const Cases& cases() const { return cases_; }
  const StaticFiles& files() const { return files_; }

 private:
  struct Calls {
    std::uint64_t number = 0;
    bool preflight_pending = false;
  };

  Reply route_page(const HttpRequest& request, Role role);
  Reply route_lab(const HttpRequest& request, Role role);
  Reply play_case(const HttpRequest& request, Role role, std::string_view rest, std::string run);
  Reply play_mix(const HttpRequest& request, Role role, std::string_view rest, std::string run);
  Play play(const HttpRequest& request, Role role, const WireScript& script, std::string run) const;
  Answer journal_answer(std::string_view ids) const;
  Answer lab_index() const;
  Answer lab_json(const HttpRequest& request, Role role) const;
  std::string own_host(const HttpRequest& request, Role role) const;
  std::string authority(const HttpRequest& request, Role role) const;
  std::uint64_t count_call(const std::string& key, bool preflight);

  RouterSettings settings_;
  Limits limits_;
  StaticFiles files_;
  Cases cases_;
  Journal& journal_;
  std::unordered_map<std::string, Calls> calls_;
  std::deque<std::string> calls_order_;
};

// OPTIONS with Origin and Access-Control-Request-Method.
bool is_preflight(const HttpRequest& request);
// {"error": ...} readable from every origin.
Answer error_answer(int status, const nlohmann::ordered_json& fields);

}  // namespace blindspot::lab
