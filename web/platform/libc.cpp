// Which functions of libc would bring far more code than the page asks of them? Defined here, they keep libc's own out of the
// page. How the digits of a number become a double is left to the browser (page.js).
#include <cstdarg>
#include <cstdlib>

#include "web/platform/bridge.hpp"

extern "C" {

// Decimal numbers without space before them: what nlohmann/json asks for, and a field of the form.
double strtod(const char* text, char** end) { return bs_number(text, end); }

// Nobody calls these, but libc keeps the three in one object file: without them it would be linked beside this one.
float strtof(const char* text, char** end) { return static_cast<float>(bs_number(text, end)); }
long double strtold(const char* text, char** end) { return bs_number(text, end); }

// Literals and %d only: so ImGui reads a version. Its other formats belong to the ini file and to number fields, which the
// page does not have.
int sscanf(const char* text, const char* format, ...) {
  va_list out;
  va_start(out, format);
  int count = 0;
  for (; *format != '\0'; ++format) {
    if (format[0] == '%' && format[1] == 'd') {
      char* end = nullptr;
      const long number = std::strtol(text, &end, 10);
      if (end == text) break;
      *va_arg(out, int*) = static_cast<int>(number);
      text = end;
      ++format;
      ++count;
    } else if (*text++ != *format) {
      break;
    }
  }
  va_end(out);
  return count;
}
}
