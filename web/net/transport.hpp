// How does one call leave the page, and what does the page see of it? emscripten_fetch with our own clock, our own cap on
// size and an abort that really aborts. One call at a time. What it means is left to diagnosis.
#pragma once

#include <functional>

#include "web/app.hpp"

namespace blindspot::net {

// An answer is read up to this many bytes; a larger one is stopped there, and what was counted is reported.
inline constexpr std::uint64_t body_cap = 64ull * 1024 * 1024;

// Commands come here: HeadSeen, BytesSeen while it runs, CallEnded once.
using Sink = std::function<void(Command)>;

void start_call(const CallPlan& plan, Sink sink);
// The caller cancels: the connection is closed, CallEnded says aborted.
void cancel_call();

}  // namespace blindspot::net
