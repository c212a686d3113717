// What does a tab remember, and where? Each history entry has a name; what was in the form there is kept under that name in the
// tab's own storage (reload, crash, Back after a reload) and in memory (Back, with its secrets, while the page lives). The
// browser's storage has the last thing typed in any tab, for the next tab. How it is written down is left to views/link.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "web/command.hpp"

namespace blindspot {

class Keeper {
 public:
  // Brings back what this tab, or else the last one, held, and opens a link where the address is a new one.
  Commands start(const State& state);
  // The browser has gone to another entry: keeps what was left and says what is to be shown now.
  Commands navigated(const State& state);
  // Makes a history entry for what is shown now; Back leads to `left`.
  void stepped(const Snapshot& left, const State& state);
  // Keeps what is in the form; answers what the page has to be told. To be called once start's or navigated's commands are applied.
  Commands save(const State& state);
  // Says so to every tab; where not, removes what was kept.
  void remember_secrets(bool remember, const State& state);

 private:
  void keep_in_memory(const Snapshot& shown, const State& state);
  bool keep_for_tab(const std::string& text);
  std::string new_entry();

  std::string entry_;                          // the one that is shown
  std::vector<std::string> entries_;           // all that are kept, oldest first
  std::map<std::string, std::string> memory_;  // what was in the form at each, whole
  std::string kept_, shared_;                  // last written for the tab and for the browser
  bool untouched_ = true;  // what is shown was found or came by a link: nobody has typed it here
  bool denied_ = false;
};

}  // namespace blindspot
