// Everything that can happen to the page: what a person does and what the network brings. apply is the only reader.
#pragma once

#include <string>
#include <variant>

#include "web/state.hpp"

namespace blindspot {

namespace command {
struct SetMethod { std::string method; };
struct SetUrl { std::string url; };
struct SetQuery { std::size_t index; std::string name, value; };  // index one past the end adds
struct RemoveQuery { std::size_t index; };
struct SetHeader { std::size_t index; std::string name, value; };
struct RemoveHeader { std::size_t index; };
struct SetBody { std::string body; };
struct SetContract { std::string contract; };
struct SetProgramError { std::string text; };
struct SetCredentials { bool include; };
struct SetMode { Mode mode; };
struct SetTimeLimit { std::string seconds; };
struct ChooseRequestTab { RequestTab tab; };
struct Send {};
struct Cancel {};
struct ChooseCase { std::string slug; Twin twin = Twin::faulty; };
struct ClearCase {};  // an empty form again
struct OpenLink { std::string fragment; };  // fills the form and waits
struct Restore { Snapshot shown; };         // as it was: reload, Back, Forward
struct RememberSecrets { bool remember; };
struct SendProbes {};
struct SetWitness { Witness witness; };
struct ChooseFinding { std::size_t index; };
struct ChooseFixTab { std::size_t index; };
struct ShowServers { bool open; };
struct ChooseServer { Server server; };
struct ChooseOutcomeTab { OutcomeTab tab; };
struct ChooseScreen { Screen screen; };
struct SetLanguage { Language language; };
struct SetTheme { Theme theme; };
struct SetTypeSize { TypeSize size; };
struct SetCourt { CourtDraft draft; };
struct Prove {};  // the lab plays the courtroom's exchange, and this browser decides
struct ProofEnded { std::string run; ProofSeen seen; };
struct ShowExample {};  // the courtroom as everybody meets it first
struct ApplyRepair {};  // the courtroom's answers as the repair has them
struct TakeLastCall {};  // the courtroom from the call that was made
struct SetDesk { DeskDraft draft; };
struct ChooseDeskTab { DeskTab tab; };
struct MakeEdits { std::size_t first, count; };  // of the repair of what lies on the desk
struct MakeAllEdits {};
struct TakeLastAnswer {};  // the desk from the answer that was read, and the screen with it
struct Copy { std::string id, text; };
// From the network.
struct PagesArrived { Language language; };  // the catalogue's pages: explain has more words from now on
struct PagesMissing { Language language; };
struct LaterArrived {};  // what examines the desk is there
struct LaterMissing {};
struct LabFound { Places places; };
struct HeadSeen { int status; };
struct BytesSeen { std::uint64_t bytes; std::optional<std::uint64_t> total; };
struct CallEnded { Observation observation; };
struct JournalRead { std::string run; Journal journal; };
struct JournalMissing { std::string run; };
struct ProbesEnded { std::string run_or_url; Probes probes; };
// From the browser's storage.
struct StorageAnswered { bool denied; };
}  // namespace command

using Command = std::variant<command::SetMethod, command::SetUrl, command::SetQuery, command::RemoveQuery, command::SetHeader,
                             command::RemoveHeader, command::SetBody, command::SetContract, command::SetProgramError, command::SetCredentials,
                             command::SetMode, command::SetTimeLimit, command::ChooseRequestTab, command::Send, command::Cancel, command::ChooseCase,
                             command::ClearCase, command::OpenLink, command::Restore, command::RememberSecrets, command::SendProbes, command::SetWitness, command::ChooseFinding,
                             command::ChooseFixTab, command::ShowServers, command::ChooseServer, command::ChooseOutcomeTab, command::ChooseScreen, command::SetLanguage,
                             command::SetTheme, command::SetTypeSize, command::SetCourt, command::TakeLastCall, command::ShowExample, command::ApplyRepair,
                             command::Prove, command::ProofEnded, command::SetDesk, command::ChooseDeskTab, command::MakeEdits, command::MakeAllEdits,
                             command::TakeLastAnswer, command::Copy, command::PagesArrived, command::PagesMissing, command::LaterArrived, command::LaterMissing,
                             command::LabFound, command::HeadSeen, command::BytesSeen,
                             command::CallEnded, command::JournalRead, command::JournalMissing, command::ProbesEnded,
                             command::StorageAnswered>;

using Commands = std::vector<Command>;

}  // namespace blindspot
