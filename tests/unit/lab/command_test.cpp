// What does the program itself say and return? Run as a process of its own.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "core/catalogue/catalogue.hpp"
#include "native/lab/ports.hpp"
#include "tests/unit/lab/wire_client.hpp"

extern char** environ;

namespace blindspot::lab {
namespace {

// A run of the program; what it printed is read in full at the end, or up to its first line before.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    int out_pipe[2], err_pipe[2];
    if (::pipe2(out_pipe, O_CLOEXEC) != 0 || ::pipe2(err_pipe, O_CLOEXEC) != 0) std::abort();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out_pipe[1], 1);
    posix_spawn_file_actions_adddup2(&actions, err_pipe[1], 2);
    arguments.insert(arguments.begin(), BLINDSPOT_PROGRAM);
    std::vector<char*> raw;
    for (auto& each : arguments) raw.push_back(each.data());
    raw.push_back(nullptr);
    started_ = ::posix_spawn(&pid_, BLINDSPOT_PROGRAM, &actions, nullptr, raw.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    ::close(out_pipe[1]);
    ::close(err_pipe[1]);
    out_ = Descriptor(out_pipe[0]);
    err_ = Descriptor(err_pipe[0]);
  }
  ~Program() {
    if (pid_ > 0 && !waited_) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }

  bool started() const { return started_; }
  std::string first_line() {
    std::string line;
    char c = 0;
    pollfd waiting{out_.number(), POLLIN, 0};
    while (c != '\n' && ::poll(&waiting, 1, 10'000) == 1 && ::read(out_.number(), &c, 1) == 1) line.push_back(c);
    return line;
  }
  void signal(int number) { ::kill(pid_, number); }
  // The exit code, or -1 when a signal ended it or it goes on for more than 10 s.
  int wait() {
    out = drain(out_.number());
    err = drain(err_.number());
    int status = 0;
    ::waitpid(pid_, &status, 0);
    waited_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string out, err;

 private:
  std::string drain(int fd) {
    std::string text;
    char buffer[4096];
    pollfd waiting{fd, POLLIN, 0};
    while (::poll(&waiting, 1, 10'000) == 1) {
      const auto count = ::read(fd, buffer, sizeof buffer);
      if (count <= 0) return text;
      text.append(buffer, static_cast<std::size_t>(count));
    }
    ::kill(pid_, SIGKILL);
    return text;
  }

  pid_t pid_ = -1;
  bool started_ = false, waited_ = false;
  Descriptor out_, err_;
};

TEST(Command, VersionHelpAndCases) {
  Program version({"--version"});
  EXPECT_EQ(version.wait(), 0);
  EXPECT_TRUE(version.out.starts_with("blindspot ")) << version.out;
  Program help({"help"});
  EXPECT_EQ(help.wait(), 0);
  EXPECT_NE(help.out.find("serve"), std::string::npos);
  Program cases({"cases"});
  EXPECT_EQ(cases.wait(), 0);
  EXPECT_EQ(std::count(cases.out.begin(), cases.out.end(), '\n'), static_cast<long>(catalogue_files().size()));
  Program serve_help({"serve", "--help"});
  EXPECT_EQ(serve_help.wait(), 0);
  EXPECT_NE(serve_help.out.find("--port"), std::string::npos);
}

TEST(Command, MistakesAreNamed) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {}, {"nonsense"}, {"serve", "--nonsense"}, {"serve", "--port", "x"}, {"serve", "--port"}, {"serve", "--lan=1"}}) {
    Program program(arguments);
    EXPECT_EQ(program.wait(), 2) << testing::PrintToString(arguments);
    EXPECT_FALSE(program.err.empty());
    EXPECT_EQ(program.out, "");
  }
}

TEST(Command, ABusyPortIsNamedInOneLine) {
  for (int offset : {0, 1, 6, 8, 9}) {
    const int port = shared_lab().port(offset);
    Program program({"serve", "--port", std::to_string(port)});
    EXPECT_EQ(program.wait(), 1);
    EXPECT_EQ(program.err, "blindspot serve: port " + std::to_string(port) + " is in use; choose another with --port\n");
    EXPECT_EQ(program.out, "");
  }
}

TEST(Command, PortsBrowsersRefuseAreRefused) {
  Program program({"serve", "--port", "6660"});
  EXPECT_EQ(program.wait(), 1);
  EXPECT_NE(program.err.find("browsers refuse"), std::string::npos) << program.err;
}

TEST(Command, ServesUntilItIsToldToStop) {
  for (int number : {SIGINT, SIGTERM}) {
    Program program({"serve", "--port=0", "--dist", "/nonexistent"});
    const auto line = program.first_line();
    ASSERT_TRUE(line.starts_with("ready  page http://127.0.0.1:")) << line;
    const auto port = static_cast<std::uint16_t>(std::stoi(line.substr(29)));
    EXPECT_EQ(line, "ready  page http://127.0.0.1:" + std::to_string(port) + "  lab http://127.0.0.1:" + std::to_string(port + 1) + "\n");
    EXPECT_EQ(call(static_cast<std::uint16_t>(port + 1), "GET", "/mix").status, 200);
    WireClient stalled(static_cast<std::uint16_t>(port + 1));
    stalled.send(make_request("GET", "/mix/end=silence"));
    const auto start = std::chrono::steady_clock::now();
    program.signal(number);
    EXPECT_EQ(program.wait(), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
    EXPECT_TRUE(program.err.ends_with("page not built: run ./run\n")) << program.err;
  }
}

}  // namespace
}  // namespace blindspot::lab
