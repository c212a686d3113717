// What crosses between this folder's C++ and net.js. Private to the folder. Strings come from JavaScript by one inbox.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/request.hpp"

extern "C" {
int bsn_check(const char* method, int method_length, const char* url, int url_length, const char* lines, int lines_length);
void bsn_abort(int id);
int bsn_response_url(int id);
int bsn_timer(int ms, int ticket);
void bsn_clear_timer(int id);
double bsn_random();
int bsn_online();
void bsn_watch_csp();
void bsn_get(const char* url, int length, int may_be_kept, int limit_ms, int ticket);
void bsn_later_load(const char* url, int length);
int bsn_later_ask(int kind, const char* question, int length);
int bsn_decode(const char* encoding, int encoding_length, const char* bytes, int length);
int bsn_built_name(const char* name, int length);
void bsn_call(const char* pieces, int length, const char* body, int body_length, int cap);
void bsn_abort_call();
void bsn_prove(const char* pieces, int length, int limit_ms, int ticket);
void bsn_probe(int kind, const char* url, int length, int limit_ms, int ticket);
}

namespace blindspot::net {

// The first `length` bytes that JavaScript has put into the inbox.
std::string_view inbox(int length);
double bsn_now();
// What the running call by window.fetch has come to, as bsn_call tells it.
void call_told(std::string_view text);
// A text's lines, without their ends.
std::vector<std::string_view> lines_of(std::string_view text);
// "url\0method\0mode\0credentials\0name\0value"... as bsn_call and bsn_prove read it.
std::string pieces_of(const std::string& url, const Request& request);
// Calls `ring` once after `ms` unless cleared; returns what bsn_clear_timer takes.
int start_timer(int ms, std::function<void()> ring);
// Whether the page's policy stopped a connection since the last time this was asked.
bool take_csp_violation();

}  // namespace blindspot::net
