// The part of the program that is loaded only when it is wanted, with a memory of its own: bytes in, bytes out.
// It is a WebAssembly module without JavaScript; web/net/net.js loads it and carries the bytes.
#include <string>

#include "web/later/pack.hpp"

namespace {
std::string inbox, outbox;
}

extern "C" {

__attribute__((export_name("later_inbox"))) char* later_inbox(unsigned size) {
  inbox.resize(size);
  return inbox.data();
}

// Answers the question in the inbox; the size of the answer, which later_outbox has.
__attribute__((export_name("later_ask"))) unsigned later_ask(int kind) {
  using namespace blindspot;
  if (kind == later::desk) {
    outbox = pack(examine_desk(unpack<DeskQuestion>(inbox)));
  } else if (kind == later::configuration) {
    const auto question = unpack<ConfigurationQuestion>(inbox);
    outbox = server_configuration(question.server, question.policy);
  } else {
    Call call = call_of(unpack<ContractQuestion>(inbox));
    hold_contract(call);
    outbox = pack(call.breaches);
  }
  inbox = {};
  return static_cast<unsigned>(outbox.size());
}

__attribute__((export_name("later_outbox"))) const char* later_outbox() { return outbox.data(); }
}
