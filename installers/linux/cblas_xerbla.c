/* What the reference CBLAS does on a wrong parameter. Debian's archive has it compiled so that no shared library can
   take it in; the rest of the archive can be. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void cblas_xerbla(int parameter, const char *routine, const char *form, ...) {
  va_list arguments;
  va_start(arguments, form);
  if (parameter) fprintf(stderr, "Parameter %d to routine %s was incorrect\n", parameter, routine);
  vfprintf(stderr, form, arguments);
  va_end(arguments);
  exit(EXIT_FAILURE);
}
