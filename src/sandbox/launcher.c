/*
 * The launcher: a process that builds the walls around itself, one step after
 * the other as its arguments say, and then becomes the program.
 *
 *   launcher STEP... -- ARGV0 ARGUMENT...      run a program behind walls
 *   launcher probe UID                         try each layer, and say what held
 *
 * What is allowed is decided elsewhere (plan.ts, seccomp.ts); here each step is
 * one or two system calls. A step that fails ends the process with 120 before
 * the program has begun: it never runs behind fewer walls than were asked for.
 *
 * There is no C library: it starts in half a millisecond, runs on any Linux of
 * its processor, and what it does is what stands here.
 */
#include <asm/unistd.h>

typedef unsigned long ulong;
typedef unsigned int u32;

enum {
  SIGKILL = 9,
  ENOENT = 2,
  EACCES = 13,
  EPERM = 1,
  AT_FDCWD = -100,
  AT_EMPTY_PATH = 0x1000,
  O_DIRECTORY = 0200000,
  O_CLOEXEC = 02000000,
  O_PATH = 010000000,
  S_IFMT = 0170000,
  S_IFDIR = 0040000,
  RLIMIT_CORE = 4,
  PR_SET_PDEATHSIG = 1,
  PR_SET_SECCOMP = 22,
  SECCOMP_MODE_FILTER = 2,
  PR_CAPBSET_DROP = 24,
  PR_SET_SECUREBITS = 28,
  PR_SET_CHILD_SUBREAPER = 36,
  PR_SET_NO_NEW_PRIVS = 38,
  PR_CAP_AMBIENT = 47,
  PR_CAP_AMBIENT_RAISE = 2,
  PR_CAP_AMBIENT_CLEAR_ALL = 4,
  CLOSE_RANGE_CLOEXEC = 4,
  LANDLOCK_CREATE_RULESET_VERSION = 1,
  LANDLOCK_RULE_PATH_BENEATH = 1,
  PROT_READ_WRITE = 3,
  MAP_PRIVATE_ANONYMOUS_FIXED_NOREPLACE = 0x100022,
  CAPABILITY_VERSION_3 = 0x20080522,
  /* Neither the user nor a change of it gives or takes capabilities, now and for good:
     else access(2) would answer as if none had been kept. SECBIT_NOROOT,
     SECBIT_NO_SETUID_FIXUP, and their locks. */
  CAPABILITIES_ARE_THEIR_OWN = 0xf,
  /* Where the program's file lies: above every number the limit on files leaves. */
  PROGRAM_FD = 1000,
  FILTER_CAP = 4096,
};

/* The rights that a rule for a file, and not for a folder, may give. */
#define LANDLOCK_FILE_RIGHTS 0xc007UL

struct instruction {
  unsigned short code;
  unsigned char jt, jf;
  u32 k;
};
struct program {
  unsigned short length;
  struct instruction *filter;
};

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n mov %rsp, %rdi\n and $-16, %rsp\n call start\n");
static long call(long n, long a, long b, long c, long d, long e) {
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = 0;
  __asm__ volatile("syscall" : "=a"(result)
                   : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
__asm__(".globl _start\n_start:\n mov x0, sp\n bl start\n");
static long call(long n, long a, long b, long c, long d, long e) {
  register long x8 __asm__("x8") = n;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = 0;
  __asm__ volatile("svc 0" : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
}
#else
#error "the launcher knows x86-64 and arm64"
#endif

/* The sixth argument of mmap (the offset) is the one that `call` leaves at 0. */
#define CALL(n, a, b, c, d, e) \
  call(__NR_##n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e))
#define PRCTL(option, a, b) CALL(prctl, option, a, b, 0, 0)

static void print(int fd, const char *text) {
  ulong length = 0;
  while (text[length] != 0) length++;
  CALL(write, fd, text, length, 0, 0);
}

static void print_number(int fd, long number) {
  char digits[24];
  int at = sizeof digits - 1;
  digits[at] = 0;
  ulong rest = number < 0 ? 0 - (ulong)number : (ulong)number;
  do digits[--at] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (number < 0) digits[--at] = '-';
  print(fd, digits + at);
}

static void die(const char *step, long error) {
  print(2, "launcher: ");
  print(2, step);
  print(2, ": ");
  print_number(2, -error);
  print(2, "\n");
  CALL(exit_group, 120, 0, 0, 0, 0);
}

static void need(const char *step, long result) {
  if (result < 0) die(step, result);
}

/* Reads a hexadecimal number and the character that ends it. */
static ulong hex(const char **text) {
  ulong number = 0;
  for (;; (*text)++) {
    char c = **text;
    if (c >= '0' && c <= '9') number = number << 4 | (ulong)(c - '0');
    else if (c >= 'a' && c <= 'f') number = number << 4 | (ulong)(c - 'a' + 10);
    else break;
  }
  if (**text != 0) (*text)++;
  return number;
}

static long open_program(const char *path) {
  long fd = CALL(openat, AT_FDCWD, path, O_PATH | O_CLOEXEC, 0, 0);
  return fd < 0 ? fd : CALL(dup3, fd, PROGRAM_FD, O_CLOEXEC, 0, 0);
}

static long create_ruleset(ulong files, ulong net, ulong scope) {
  ulong attributes[3] = {files, net, scope};
  /* An older kernel takes the shorter struct it knows. */
  ulong size = scope != 0 ? 24 : net != 0 ? 16 : 8;
  return CALL(landlock_create_ruleset, attributes, size, 0, 0, 0);
}

static long add_rule(long ruleset, ulong rights, const char *path) {
  struct { ulong rights; int fd; } __attribute__((packed)) rule = {rights, 0};
  unsigned char stat[256];
  long fd = CALL(openat, AT_FDCWD, path, O_PATH | O_CLOEXEC, 0, 0);
  /* What is not there, or cannot be reached, need not be granted. */
  if (fd == -ENOENT || fd == -EACCES || fd == -20) return 0;
  if (fd < 0) return fd;
  rule.fd = (int)fd;
  long result = CALL(fstat, fd, stat, 0, 0, 0);
#if defined(__x86_64__)
  u32 mode = *(u32 *)(stat + 24);
#else
  u32 mode = *(u32 *)(stat + 16);
#endif
  if ((mode & S_IFMT) != S_IFDIR) rule.rights &= LANDLOCK_FILE_RIGHTS;
  if (result == 0 && rule.rights != 0)
    result = CALL(landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0, 0);
  CALL(close, fd, 0, 0, 0, 0);
  return result;
}

static long set_capabilities(ulong kept) {
  u32 header[2] = {CAPABILITY_VERSION_3, 0};
  u32 low = (u32)kept, high = (u32)(kept >> 32);
  u32 data[6] = {low, low, low, high, high, high};
  return CALL(capset, header, data, 0, 0, 0);
}

/* Another user, without groups and without any capability but those kept. */
static long become(long user, ulong kept) {
  long result;
  for (int capability = 0; capability < 64; capability++) {
    /* A number that the kernel does not know is no capability. */
    if ((kept >> capability & 1) == 0) PRCTL(PR_CAPBSET_DROP, capability, 0);
  }
  if ((result = PRCTL(PR_SET_SECUREBITS, CAPABILITIES_ARE_THEIR_OWN, 0)) < 0) return result;
  if ((result = CALL(setgroups, 0, 0, 0, 0, 0)) < 0) return result;
  if ((result = CALL(setresgid, user, user, user, 0, 0)) < 0) return result;
  if ((result = CALL(setresuid, user, user, user, 0, 0)) < 0) return result;
  if ((result = set_capabilities(kept)) < 0) return result;
  for (int capability = 0; capability < 64; capability++) {
    if ((kept >> capability & 1) == 0) continue;
    if ((result = PRCTL(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)) < 0) return result;
  }
  return 0;
}

static long drop_capabilities(void) {
  PRCTL(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0);
  return set_capabilities(0);
}

static long set_limit(ulong resource, ulong value) {
  ulong limit[2] = {value, value}, before[2];
  long result = CALL(prlimit64, 0, resource, 0, before, 0);
  if (result < 0) return result;
  if (before[1] < value) limit[0] = limit[1] = before[1];
  return CALL(prlimit64, 0, resource, limit, 0, 0);
}

/* `text`: how many places take this process's number, those places, then the filter. */
static long install_filter(const char *text) {
  static struct instruction filter[FILTER_CAP];
  unsigned short places[64];
  ulong count = hex(&text), length = 0;
  if (count > 64) return -EPERM;
  for (ulong i = 0; i < count; i++) places[i] = (unsigned short)hex(&text);
  for (; *text != 0 && length < FILTER_CAP; length++) {
    filter[length].code = (unsigned short)hex(&text);
    filter[length].jt = (unsigned char)hex(&text);
    filter[length].jf = (unsigned char)hex(&text);
    filter[length].k = (u32)hex(&text);
  }
  long pid = CALL(getpid, 0, 0, 0, 0, 0);
  for (ulong i = 0; i < count; i++) {
    if (places[i] >= length) return -EPERM;
    filter[places[i]].k = (u32)pid;
  }
  struct program program = {(unsigned short)length, filter};
  return PRCTL(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static void say(const char *name, long value) {
  print(1, name);
  print(1, " ");
  print_number(1, value);
  print(1, "\n");
}

/* Each line is a name and a number: below 0 an error, else what was found. */
static void probe(const char *user_text) {
  long user = (long)hex(&user_text);
  u32 header[2] = {CAPABILITY_VERSION_3, 0}, data[6] = {0};
  CALL(capget, header, data, 0, 0, 0);
  say("capabilities", (long)data[1]);
  say("no-new-privileges", PRCTL(PR_SET_NO_NEW_PRIVS, 1, 0));
  say("close-range", CALL(close_range, 3, ~0U, CLOSE_RANGE_CLOEXEC, 0, 0));
  long version = CALL(landlock_create_ruleset, 0, 0, LANDLOCK_CREATE_RULESET_VERSION, 0, 0);
  if (version > 0) {
    long ruleset = create_ruleset(1 << 3, 0, 0);
    long result = ruleset < 0 ? ruleset : CALL(landlock_restrict_self, ruleset, 0, 0, 0, 0);
    /* Believed only when a folder that could be read before cannot be read any more. */
    long opened = CALL(openat, AT_FDCWD, "/", O_DIRECTORY | O_CLOEXEC, 0, 0);
    if (result < 0) version = result;
    else if (opened != -EACCES) version = -EPERM;
  }
  say("landlock", version);
  say("limits", set_limit(RLIMIT_CORE, 0));
  if (user != 0 && CALL(geteuid, 0, 0, 0, 0, 0) == 0) say("user", become(user, 0));
  struct instruction filter[] = {
      {0x20, 0, 0, 0}, {0x15, 0, 1, __NR_getppid}, {0x06, 0, 0, 0x00050000 | EPERM},
      {0x06, 0, 0, 0x7fff0000}};
  struct program program = {4, filter};
  long result = PRCTL(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
  if (result == 0 && CALL(getppid, 0, 0, 0, 0, 0) != -EPERM) result = -EPERM;
  say("seccomp", result);
  CALL(exit_group, 0, 0, 0, 0, 0);
}

__attribute__((used)) static void start(ulong *stack) {
  ulong argc = stack[0];
  char **argv = (char **)(stack + 1);
  char **environment = argv + argc + 1;
  if (argc == 3 && argv[1][0] == 'p' && argv[1][1] == 'r') probe(argv[2]);
  long ruleset = -1;
  ulong empty_path = 0, at = 1;
  for (; at < argc && !(argv[at][0] == '-' && argv[at][1] == '-'); at++) {
    const char *text = argv[at] + 1;
    switch (argv[at][0]) {
      case 'x': need("program", open_program(text)); break;
      case 'c': need("files", CALL(close_range, hex(&text), ~0U, CLOSE_RANGE_CLOEXEC, 0, 0)); break;
      case 'n': need("no-new-privileges", PRCTL(PR_SET_NO_NEW_PRIVS, 1, 0)); break;
      case 'h': {
        ulong files = hex(&text), net = hex(&text), scope = hex(&text);
        need("landlock", ruleset = create_ruleset(files, net, scope));
        break;
      }
      case 'r': {
        ulong rights = hex(&text);
        need(argv[at], add_rule(ruleset, rights, text));
        break;
      }
      case 'u': {
        long user = (long)hex(&text);
        need("user", become(user, hex(&text)));
        break;
      }
      case 'd': need("capabilities", drop_capabilities()); break;
      case 'p':
        need("parent", PRCTL(PR_SET_PDEATHSIG, SIGKILL, 0));
        if (CALL(getppid, 0, 0, 0, 0, 0) != (long)hex(&text)) die("parent", 0);
        break;
      case 'o': need("subreaper", PRCTL(PR_SET_CHILD_SUBREAPER, 1, 0)); break;
      case 'l': {
        ulong resource = hex(&text);
        need("limits", set_limit(resource, hex(&text)));
        break;
      }
      case 'e': need("landlock", CALL(landlock_restrict_self, ruleset, 0, 0, 0, 0)); break;
      case 's': {
        empty_path = hex(&text);
        long mapped = CALL(mmap, empty_path, 4096, PROT_READ_WRITE,
                           MAP_PRIVATE_ANONYMOUS_FIXED_NOREPLACE, -1);
        need("page", mapped == (long)empty_path ? 0 : -EPERM);
        break;
      }
      case 'f': need("seccomp", install_filter(text)); break;
      default: die(argv[at], 0);
    }
  }
  if (at + 1 >= argc) die("usage", 0);
  need("exec", CALL(execveat, PROGRAM_FD, empty_path, argv + at + 1, environment, AT_EMPTY_PATH));
}
