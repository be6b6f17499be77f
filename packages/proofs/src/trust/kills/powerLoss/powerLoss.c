/*
 * Keeps, beside a directory, what a power loss would leave of it: loaded with LD_PRELOAD into every process that writes
 * there. The shadow below TRUST_SHADOW/tree has each file as of its last fsync, under the names that are durable:
 *
 *   - a file's content, and the name that it was made with, count once the file was fsynced;
 *   - a name that was made or removed counts once its directory was fsynced, too;
 *   - SQLite's -shm files are shared memory: they are not followed, and vanish.
 *
 * A file that was removed and made anew without either is another file than the one in the shadow: TRUST_SHADOW/replaced
 * has an empty file of its name then. The disk itself is never flushed: nothing here outlives the machine, and the
 * processes are faster for it. Renaming is not followed, since nothing that is tested renames: a process that does ends.
 *
 * With TRUST_KILL_AT=n the process kills itself before its n-th change of a followed file; TRUST_CHANGES names a file that
 * is told, at a normal end, how many changes there were.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char root[PATH_MAX];
static char shadow[PATH_MAX];
static size_t root_length;
static int lock_fd = -1;
static long kill_at;
static atomic_long changes;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void fail(const char *what) {
  fprintf(stderr, "powerLoss: %s: %s\n", what, strerror(errno));
  abort();
}

static void join(char *out, const char *directory, const char *kind, const char *name) {
  if (snprintf(out, PATH_MAX, "%s/%s%s", directory, kind, name) >= PATH_MAX) fail("a path is too long");
}

__attribute__((constructor)) static void start(void) {
  const char *given_root = getenv("TRUST_ROOT");
  const char *given_shadow = getenv("TRUST_SHADOW");
  const char *given_kill = getenv("TRUST_KILL_AT");
  char path[PATH_MAX];
  if (given_root == NULL || given_shadow == NULL) return;
  if (realpath(given_root, root) == NULL || realpath(given_shadow, shadow) == NULL) fail("start");
  kill_at = given_kill == NULL ? 0 : atol(given_kill);
  join(path, shadow, "", "lock");
  lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_fd < 0) fail(path);
  root_length = strlen(root);
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("TRUST_CHANGES");
  FILE *file = root_length == 0 || path == NULL ? NULL : fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%ld\n", atomic_load(&changes));
  fclose(file);
}

static int ends_with(const char *text, const char *ending) {
  size_t length = strlen(text), tail = strlen(ending);
  return length >= tail && strcmp(text + length - tail, ending) == 0;
}

/* What lies behind the root in a path, beginning with a slash; NULL for what is not followed. */
static const char *followed(const char *path) {
  if (root_length == 0 || strncmp(path, root, root_length) != 0) return NULL;
  if (path[root_length] != '/' || ends_with(path, "-shm") || ends_with(path, " (deleted)")) return NULL;
  return path + root_length;
}

/* The same for an open file; `path` holds it. */
static const char *followed_fd(int fd, char *path) {
  char link[64];
  ssize_t length;
  if (root_length == 0) return NULL;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return NULL;
  path[length] = '\0';
  return followed(path);
}

/* The same for a path as it was given to us: its directory may be a link. */
static const char *followed_name(int directory, const char *given, char *path) {
  char parent[PATH_MAX], resolved[PATH_MAX];
  const char *name = strrchr(given, '/');
  if (root_length == 0 || (directory != AT_FDCWD && given[0] != '/')) return NULL;
  if (name == NULL || (size_t)(name - given) >= sizeof parent) return NULL;
  memcpy(parent, given, (size_t)(name - given));
  parent[name - given] = '\0';
  if (realpath(parent, resolved) == NULL) return NULL;
  if (snprintf(path, PATH_MAX, "%s%s", resolved, name) >= PATH_MAX) return NULL;
  return followed(path);
}

/* Counts a change that is about to be made, or ends the process before it. */
static void changing(void) {
  if (atomic_fetch_add(&changes, 1) + 1 == kill_at) kill(getpid(), SIGKILL);
}

static void changing_fd(int fd) {
  char path[PATH_MAX];
  int before = errno;
  if (followed_fd(fd, path) != NULL) changing();
  errno = before;
}

static void hold(void) {
  pthread_mutex_lock(&mutex);
  while (flock(lock_fd, LOCK_EX) != 0)
    if (errno != EINTR) fail("lock");
}

static void let_go(void) {
  flock(lock_fd, LOCK_UN);
  pthread_mutex_unlock(&mutex);
}

static void make_parents(char *path) {
  for (char *slash = path + strlen(shadow) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
    *slash = '\0';
    if (mkdir(path, 0700) != 0 && errno != EEXIST) fail(path);
    *slash = '/';
  }
}

static void forget(const char *kind, const char *name) {
  char path[PATH_MAX];
  join(path, shadow, kind, name);
  syscall(SYS_unlink, path);
}

/* Puts content under a name of the shadow at one moment: a kill in between leaves what was there. -1 for no content. */
static void put(const char *name, int content) {
  char path[PATH_MAX], temporary[PATH_MAX], buffer[65536];
  off_t offset = 0;
  ssize_t count = 0;
  int out;
  join(path, shadow, "tree", name);
  join(temporary, shadow, "", "writing");
  make_parents(path);
  out = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (out < 0) fail(temporary);
  while (content >= 0 && (count = pread(content, buffer, sizeof buffer, offset)) > 0) {
    if (syscall(SYS_write, out, buffer, (size_t)count) != count) fail(temporary);
    offset += count;
  }
  if (count < 0) fail(name);
  close(out);
  if (syscall(SYS_rename, temporary, path) != 0) fail(path);
  forget("replaced", name);
}

/* The given descriptor may not be for reading. Another one of a file is opened, and closed, only then: in a process that
   holds locks on the file, as SQLite's do, that would drop them. */
static void keep_file(int fd, const char *path, const char *name) {
  int flags = fcntl(fd, F_GETFL);
  int readable = (flags & O_ACCMODE) == O_WRONLY ? open(path, O_RDONLY | O_CLOEXEC) : fd;
  if (readable < 0) fail(path);
  put(name, readable);
  if (readable != fd) close(readable);
}

static int is_in(const char *directory, const char *kind, const char *name) {
  char path[PATH_MAX];
  join(path, directory, kind, name);
  return access(path, F_OK) == 0;
}

/* Names that the directory has and the shadow has not are durable from now on, and the other way round. */
static void keep_names(const char *name) {
  const char *sides[] = {root, shadow};
  for (int side = 0; side < 2; side++) {
    char path[PATH_MAX], entry_name[PATH_MAX];
    struct dirent *entry;
    DIR *directory;
    join(path, sides[side], side == 0 ? "" : "tree", name);
    directory = opendir(path);
    if (directory == NULL) continue;
    while ((entry = readdir(directory)) != NULL) {
      if (entry->d_type != DT_REG || ends_with(entry->d_name, "-shm")) continue;
      join(entry_name, name, "", entry->d_name);
      if (side == 1 && !is_in(root, "", entry_name)) forget("tree", entry_name);
      if (side == 0 && (!is_in(shadow, "tree", entry_name) || is_in(shadow, "replaced", entry_name))) put(entry_name, -1);
    }
    closedir(directory);
  }
}

static int sync_fd(int fd, int (*next)(int)) {
  char path[PATH_MAX] = "";
  struct stat status;
  const char *name = followed_fd(fd, path);
  int is_root = root_length > 0 && strcmp(path, root) == 0;
  if (name == NULL && !is_root) {
    /* Removed by another process, or shared memory: nothing to keep. */
    return root_length > 0 && strncmp(path, root, root_length) == 0 ? 0 : next(fd);
  }
  changing();
  if (fstat(fd, &status) != 0) return -1;
  hold();
  if (S_ISDIR(status.st_mode)) keep_names(is_root ? "" : name);
  else keep_file(fd, path, name);
  let_go();
  return 0;
}

static int removing(int directory, const char *given, int (*next)(int, const char *, int), int flags) {
  char path[PATH_MAX], mark[PATH_MAX];
  const char *name = (flags & AT_REMOVEDIR) != 0 ? NULL : followed_name(directory, given, path);
  int result, fd;
  if (name == NULL) return next(directory, given, flags);
  changing();
  hold();
  result = next(directory, given, flags);
  if (result == 0 && is_in(shadow, "tree", name)) {
    join(mark, shadow, "replaced", name);
    make_parents(mark);
    fd = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) fail(mark);
    close(fd);
  }
  let_go();
  return result;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int fd) { return sync_fd(fd, NEXT(fsync)); }
int fdatasync(int fd) { return sync_fd(fd, NEXT(fdatasync)); }

int unlinkat(int directory, const char *name, int flags) { return removing(directory, name, NEXT(unlinkat), flags); }
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }

int rename(const char *from, const char *to) {
  char path[PATH_MAX];
  if (followed_name(AT_FDCWD, from, path) != NULL) fail("a file was renamed, which is not followed");
  return NEXT(rename)(from, to);
}

#define CHANGE(result, name, parameters, arguments) \
  result name parameters {                          \
    changing_fd(fd);                                \
    return NEXT(name) arguments;                    \
  }

CHANGE(ssize_t, write, (int fd, const void *from, size_t count), (fd, from, count))
CHANGE(ssize_t, writev, (int fd, const struct iovec *from, int count), (fd, from, count))
CHANGE(ssize_t, pwrite, (int fd, const void *from, size_t count, off_t at), (fd, from, count, at))
CHANGE(ssize_t, pwrite64, (int fd, const void *from, size_t count, off64_t at), (fd, from, count, at))
CHANGE(ssize_t, pwritev, (int fd, const struct iovec *from, int count, off_t at), (fd, from, count, at))
CHANGE(ssize_t, pwritev64, (int fd, const struct iovec *from, int count, off64_t at), (fd, from, count, at))
CHANGE(int, ftruncate, (int fd, off_t length), (fd, length))
CHANGE(int, ftruncate64, (int fd, off64_t length), (fd, length))
CHANGE(int, fallocate, (int fd, int mode, off_t at, off_t length), (fd, mode, at, length))
CHANGE(int, fallocate64, (int fd, int mode, off64_t at, off64_t length), (fd, mode, at, length))
CHANGE(int, posix_fallocate, (int fd, off_t at, off_t length), (fd, at, length))
CHANGE(int, posix_fallocate64, (int fd, off64_t at, off64_t length), (fd, at, length))
