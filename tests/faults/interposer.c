/* Stands between a process and libc: counts the calls that concern one folder, and fails or kills at the n-th.
 *
 * Loaded by LD_PRELOAD, so that SQLite's own calls are met as Python's are. Nothing happens until `faults_arm`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { OPEN = 1, READ = 2, WRITE = 4, SYNC = 8, RENAME = 16, UNLINK = 32, LOCK = 64 };

static char folder[PATH_MAX];
static size_t folder_length;
static int kinds, fault, forever;
static long nth, met;

/* error: an errno; 0 only counts; -1 kills. at: the first call that fails. then: whether all later ones do as well. */
void faults_arm(const char *path, int which, long at, int error, int then) {
  snprintf(folder, sizeof folder, "%s", path);
  folder_length = strlen(folder);
  nth = at, fault = error, forever = then, met = 0;
  __atomic_store_n(&kinds, which, __ATOMIC_SEQ_CST);
}

long faults_met(void) { return __atomic_load_n(&met, __ATOMIC_SEQ_CST); }

static int concerns(const char *path) { return folder_length && path && !strncmp(path, folder, folder_length); }

static int concerns_file(int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return concerns(path);
}

static int strikes(int kind, int ours) {
  if (!(kinds & kind) || !ours) return 0;
  long now = __atomic_add_fetch(&met, 1, __ATOMIC_SEQ_CST);
  return fault && (forever ? now >= nth : now == nth);
}

static int strike(void) {
  if (fault < 0) kill(getpid(), SIGKILL);
  errno = fault;
  return -1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_IF(kind, ours) \
  do { \
    int before = errno; \
    if ((kinds & (kind)) && strikes(kind, ours)) return strike(); \
    errno = before; \
  } while (0)

#define OPENER(name) \
  int name(const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = va_arg(rest, mode_t); \
    va_end(rest); \
    FAIL_IF(OPEN, concerns(path)); \
    return REAL(name)(path, flags, mode); \
  }
OPENER(open)
OPENER(open64)

int mkdir(const char *path, mode_t mode) {
  FAIL_IF(OPEN, concerns(path));
  return REAL(mkdir)(path, mode);
}

ssize_t read(int file, void *to, size_t size) {
  FAIL_IF(READ, concerns_file(file));
  return REAL(read)(file, to, size);
}

#define READER(name, offset_type) \
  ssize_t name(int file, void *to, size_t size, offset_type offset) { \
    FAIL_IF(READ, concerns_file(file)); \
    return REAL(name)(file, to, size, offset); \
  }
READER(pread, off_t)
READER(pread64, off64_t)

/* A kill leaves half of what was to be written. */
ssize_t write(int file, const void *from, size_t size) {
  if ((kinds & WRITE) && strikes(WRITE, concerns_file(file))) {
    if (fault < 0) (void)!REAL(write)(file, from, size / 2);
    return strike();
  }
  return REAL(write)(file, from, size);
}

#define WRITER(name, offset_type) \
  ssize_t name(int file, const void *from, size_t size, offset_type offset) { \
    if ((kinds & WRITE) && strikes(WRITE, concerns_file(file))) { \
      if (fault < 0) (void)!REAL(name)(file, from, size / 2, offset); \
      return strike(); \
    } \
    return REAL(name)(file, from, size, offset); \
  }
WRITER(pwrite, off_t)
WRITER(pwrite64, off64_t)

#define ON_FILE(name, kind, parameters, arguments) \
  int name parameters { \
    FAIL_IF(kind, concerns_file(file)); \
    return REAL(name) arguments; \
  }
ON_FILE(ftruncate, WRITE, (int file, off_t size), (file, size))
ON_FILE(ftruncate64, WRITE, (int file, off64_t size), (file, size))
ON_FILE(fsync, SYNC, (int file), (file))
ON_FILE(fdatasync, SYNC, (int file), (file))

int flock(int file, int how) {
  if (!(how & LOCK_UN)) FAIL_IF(LOCK, concerns_file(file));
  return REAL(flock)(file, how);
}

#define LOCKER(name) \
  int name(int file, int command, ...) { \
    va_list rest; \
    va_start(rest, command); \
    void *argument = va_arg(rest, void *); \
    va_end(rest); \
    if (command == F_SETLK || command == F_SETLKW) { \
      if (((struct flock *)argument)->l_type != F_UNLCK) FAIL_IF(LOCK, concerns_file(file)); \
    } \
    return REAL(name)(file, command, argument); \
  }
LOCKER(fcntl)
LOCKER(fcntl64)

int rename(const char *from, const char *to) {
  FAIL_IF(RENAME, concerns(from) || concerns(to));
  return REAL(rename)(from, to);
}

int unlink(const char *path) {
  FAIL_IF(UNLINK, concerns(path));
  return REAL(unlink)(path);
}
