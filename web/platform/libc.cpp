// Which functions of libc would bring far more code than the page asks of them? Defined here, they keep libc's own out of the
// page. How the digits of a number become a double is left to the browser (page.js).
#include <emscripten/console.h>

#include <cstdarg>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "web/platform/bridge.hpp"

extern "C" int vfiprintf(std::FILE*, const char*, va_list);

namespace {

// Counts on where the room ends: the size of the whole is what snprintf tells.
struct Writer {
  char* out;
  std::size_t room;
  std::size_t size = 0;

  void put(char c) {
    if (size + 1 < room) out[size] = c;
    ++size;
  }
};

void put_number(Writer& to, unsigned value, unsigned base, const char* digits_of, bool negative, int width, char fill) {
  char digits[12];
  int count = 0;
  do {
    digits[count++] = digits_of[value % base];
    value /= base;
  } while (value != 0);
  if (negative) to.put('-');
  for (int i = count + negative; i < width; ++i) to.put(fill);
  while (count > 0) to.put(digits[--count]);
}

// Angles are small here: the quarters of a circle that corners are rounded with. To the last bit of a float within some turns.
double sine(double angle) {
  constexpr double pi = 3.14159265358979323846;
  angle -= 2 * pi * std::floor(angle / (2 * pi) + 0.5);
  if (angle > pi / 2) angle = pi - angle;
  if (angle < -pi / 2) angle = -pi - angle;
  const double square = angle * angle;
  double sum = 1;
  for (int n = 12; n > 1; n -= 2) sum = 1 - sum * square / (n * (n + 1));
  return sum * angle;
}

}  // namespace

extern "C" {

// Where the type information of libc++'s exceptions points to. Nobody here asks for a type, so nothing stands behind it.
void* _ZTVN10__cxxabiv117__class_type_infoE[3];
void* _ZTVN10__cxxabiv120__si_class_type_infoE[3];
void* _ZTVN10__cxxabiv121__vmi_class_type_infoE[3];

// Libc's reduce angles of any size, by hundreds of digits of pi.
float sinf(float angle) { return static_cast<float>(sine(angle)); }
float cosf(float angle) { return static_cast<float>(sine(angle + 1.57079632679489661923)); }
float fmodf(float number, float by) { return number - by * std::trunc(number / by); }

// %s and %.*s, %d, %u, %x and %X with a width, and %%: what ImGui's names of windows, its messages of the shader compiler and
// nlohmann's escapes are written with. Any other conversion comes out as it stands.
int vsnprintf(char* out, std::size_t room, const char* format, va_list with) {
  Writer to{out, room};
  for (; *format != '\0'; ++format) {
    const char* start = format;
    if (*format == '%') ++format;
    const char fill = *format == '0' || *format == '.' ? '0' : ' ';
    int width = 0, longest = -1;
    if (format[0] == '.' && format[1] == '*') {
      longest = va_arg(with, int);
      format += 2;
    } else if (format != start) {
      if (*format == '.') ++format;
      while (*format >= '0' && *format <= '9') width = width * 10 + (*format++ - '0');
    }
    if (format == start || *format == '%') {
      to.put(*format);
    } else if (*format == 's') {
      const char* text = va_arg(with, const char*);
      for (int i = 0; i != longest && text[i] != '\0'; ++i) to.put(text[i]);
    } else if (*format == 'd') {
      const int value = va_arg(with, int);
      const unsigned size = static_cast<unsigned>(value);
      put_number(to, value < 0 ? 0u - size : size, 10, "0123456789", value < 0, width, fill);
    } else if (*format == 'u' || *format == 'x' || *format == 'X') {
      const char* digits = *format == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
      put_number(to, va_arg(with, unsigned), *format == 'u' ? 10 : 16, digits, false, width, fill);
    } else {
      format = start;
      to.put('%');
    }
  }
  if (room != 0) out[to.size < room ? to.size : room - 1] = '\0';
  return static_cast<int>(to.size);
}

int snprintf(char* out, std::size_t room, const char* format, ...) {
  va_list with;
  va_start(with, format);
  const int size = vsnprintf(out, room, format, with);
  va_end(with);
  return size;
}

// Whatever the stream, a page has only its console. The compiler calls the second of each pair where no number has a fraction.
int vfiprintf(std::FILE*, const char* format, va_list with) {
  char line[500];
  const int size = vsnprintf(line, sizeof line, format, with);
  emscripten_console_error(line);
  return size;
}
int vfprintf(std::FILE* stream, const char* format, va_list with) { return vfiprintf(stream, format, with); }
int fiprintf(std::FILE* stream, const char* format, ...) {
  va_list with;
  va_start(with, format);
  const int size = vfiprintf(stream, format, with);
  va_end(with);
  return size;
}
int fprintf(std::FILE* stream, const char* format, ...) __attribute__((alias("fiprintf")));

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
