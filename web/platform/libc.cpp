// Two functions of libc that would bring more than they are asked for, a fiftieth of the page; the linker takes these instead.
#include <cstdarg>
#include <cstdlib>

extern "C" {

int bs_number(const char* text, double* number);  // page.js: the length of the decimal number that opens `text`, or 0

// Decimal numbers only. nlohmann/json asks for them, and a field of the form.
double strtod(const char* text, char** end) {
  double number = 0;
  const int length = bs_number(text, &number);
  if (end != nullptr) *end = const_cast<char*>(text) + length;
  return number;
}

// Literals and %d only: Dear ImGui reads a version so. All other formats are of its ini file and its number fields, which
// the page does not have.
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
