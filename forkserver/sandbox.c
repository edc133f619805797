/* A sandbox that a process puts around itself, for good: docs/adr/0033, docs/security.md. */
#define _GNU_SOURCE
#include "sandbox.h"
#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* landlock(7), by its numbers: the headers of Debian 12 know the first two versions alone. */
#define LANDLOCK_CREATE_RULESET 444
#define LANDLOCK_ADD_RULE 445
#define LANDLOCK_RESTRICT_SELF 446
#define RULE_PATH 1
#define RULE_PORT 2
#define FS_EXECUTE (1ULL << 0)
#define FS_WRITE_FILE (1ULL << 1)
#define FS_READ_FILE (1ULL << 2)
#define FS_READ_DIR (1ULL << 3)
#define FS_REMOVE_DIR (1ULL << 4)
#define FS_MAKE_CHAR (1ULL << 6)
#define FS_MAKE_DIR (1ULL << 7)
#define FS_MAKE_SOCK (1ULL << 9)
#define FS_MAKE_FIFO (1ULL << 10)
#define FS_MAKE_BLOCK (1ULL << 11)
#define FS_MAKE_SYM (1ULL << 12)
#define FS_REFER (1ULL << 13)
#define FS_TRUNCATE (1ULL << 14)
#define FS_IOCTL_DEV (1ULL << 15)
#define FS_OF_FILES (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)
#define NET_BIND 1ULL
#define NET_CONNECT 2ULL
#define SCOPE_ALL 3ULL

struct ruleset {
    uint64_t files, network, scope;
};

/* The kernel reads twelve bytes of it. */
struct path_rule {
    uint64_t allowed;
    int32_t parent;
};

struct port_rule {
    uint64_t allowed, port;
};

/* Libraries, their data, and what they look up; not one of them says anything of this machine's work. */
static const char *const common_reads[] = {
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf", "/etc/mime.types", "/etc/gai.conf", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/transparent_hugepage",
};
static const char *const common_devices[] = {"/dev/null", "/dev/zero", "/dev/urandom"};

#define COUNT(array) (int)(sizeof array / sizeof *array)

static int add_path(const char **paths, int *count, const char *path)
{
    if (*count == SANDBOX_MOST_PATHS)
        return 0;
    paths[(*count)++] = path;
    return 1;
}

int sandbox_read(struct sandbox *box, char *text)
{
    const char *value = text + 1;
    unsigned long long number = strtoull(text[0] ? value : "", NULL, 10);
    switch (text[0]) {
    case 'n': box->niceness = value; return 1;
    case 'd': box->directory = value; return 1;
    case 'm': box->memory = number; return 1;
    case 'f': box->file_size = number; return 1;
    case 's': box->seconds = number; return 1;
    case 'p': box->processes = number; return 1;
    case 'o': box->descriptors = number; return 1;
    case 'B': box->is_wanted = number != 0; return 1;
    case 'W': box->without = number; return 1;
    case 'K': box->keeps_files = number != 0; return 1;
    case 'X': box->may_start = number != 0; return 1;
    case 'S': box->server = number; return 1;
    case 'U': box->user = number; return 1;
    case 'r': return add_path(box->reads, &box->read_count, value);
    case 'w': return add_path(box->writes, &box->write_count, value);
    case 'x': return add_path(box->executes, &box->execute_count, value);
    case 'D': box->nest = value; return 1;
    case 'c':
        if (box->port_count == SANDBOX_MOST_PORTS)
            return 0;
        box->ports[box->port_count++] = number;
        return 1;
    default: return 0;
    }
}

static int limit(int what, unsigned long long most)
{
    const struct rlimit limits = {most, most};
    return setrlimit(what, &limits);
}

/* SIGXCPU says what it was that ended it; whoever does not listen is killed a second later. */
static int limit_seconds(unsigned long long most)
{
    const struct rlimit limits = {most, most + 1};
    return setrlimit(RLIMIT_CPU, &limits);
}

/* The kernel shares the processor out among sessions first (sched(7), autogroup); niceness counts only within one. */
static int stand_back(const char *niceness)
{
    int much = niceness ? atoi(niceness) : 0;
    if (much <= 0)
        return 0;
    /* A fork of what nobody may look into has no say over its own group either, unless it is root. */
    int shut = prctl(PR_GET_DUMPABLE) == 0;
    if (shut)
        prctl(PR_SET_DUMPABLE, 1);
    int group = open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC);
    if (shut)
        prctl(PR_SET_DUMPABLE, 0);
    if (group >= 0) {
        /* Without such groups, or the right to, the process's own niceness is what there is. */
        (void)!write(group, niceness, strlen(niceness));
        close(group);
    }
    return setpriority(PRIO_PROCESS, 0, much);
}

const char *sandbox_settle(const struct sandbox *box)
{
    int limits = !(box->without & SANDBOX_LIMITS);
    if (stand_back(box->niceness) != 0)
        return "it could not stand back";
    if ((box->memory && limits && limit(RLIMIT_AS, box->memory) != 0) ||
        (box->file_size && limit(RLIMIT_FSIZE, box->file_size) != 0) ||
        (box->seconds && limits && limit_seconds(box->seconds) != 0) ||
        (box->descriptors && limits && limit(RLIMIT_NOFILE, box->descriptors) != 0) || limit(RLIMIT_CORE, 0) != 0)
        return "a limit could not be set";
    if (box->directory && chdir(box->directory) != 0)
        return box->directory;
    return NULL;
}

static int allow(int rules, const char *path, uint64_t allowed, uint64_t handled)
{
    struct path_rule rule = {.parent = open(path, O_PATH | O_CLOEXEC)};
    struct stat kind;
    if (rule.parent < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : -1;
    int result = fstat(rule.parent, &kind);
    rule.allowed = allowed & handled & (S_ISDIR(kind.st_mode) ? ~0ULL : FS_OF_FILES);
    if (result == 0 && rule.allowed)
        result = syscall(LANDLOCK_ADD_RULE, rules, RULE_PATH, &rule, 0);
    close(rule.parent);
    return result;
}

static int allow_all(int rules, const char *const *paths, int count, uint64_t allowed, uint64_t handled)
{
    for (int i = 0; i < count; i++)
        if (allow(rules, paths[i], allowed, handled) != 0)
            return -1;
    return 0;
}

static uint64_t files_of(int version)
{
    return ((1ULL << 13) - 1) | (version >= 2 ? FS_REFER : 0) | (version >= 3 ? FS_TRUNCATE : 0) |
           (version >= 5 ? FS_IOCTL_DEV : 0);
}

/* Returns the rules, -1 with errno, or -2 where the kernel has none. */
static int make_rules(const struct sandbox *box, int *held)
{
    int version = syscall(LANDLOCK_CREATE_RULESET, NULL, 0, 1);
    if (version < 1)
        return -2;
    struct ruleset set = {0};
    set.files = box->without & SANDBOX_FILES ? 0 : files_of(version);
    set.network = version < 4 || box->without & SANDBOX_PORTS ? 0 : NET_BIND | NET_CONNECT;
    set.scope = version < 6 || box->without & SANDBOX_SCOPE ? 0 : SCOPE_ALL;
    if (!set.files && !set.network && !set.scope)
        return -2;
    int rules = syscall(LANDLOCK_CREATE_RULESET, &set, version < 4 ? 8 : version < 6 ? 16 : 24, 0);
    if (rules < 0)
        return -1;
    if (set.files) {
        uint64_t read = FS_READ_FILE | FS_READ_DIR, devices = FS_MAKE_CHAR | FS_MAKE_BLOCK | FS_MAKE_SOCK | FS_MAKE_FIFO;
        /* A link would be followed by the server, which may read more, and a pipe would keep it waiting. */
        uint64_t nest = set.files & ~(FS_EXECUTE | FS_IOCTL_DEV | devices | FS_MAKE_SYM);
        /* Directories can be too deep for the server to remove, or shut to it. */
        uint64_t write = nest & ~(FS_MAKE_DIR | FS_REMOVE_DIR);
        if (allow_all(rules, common_reads, COUNT(common_reads), read, set.files) != 0 ||
            allow_all(rules, common_devices, COUNT(common_devices), FS_READ_FILE | FS_WRITE_FILE, set.files) != 0 ||
            allow_all(rules, box->reads, box->read_count, read, set.files) != 0 ||
            allow_all(rules, box->executes, box->execute_count, read | FS_EXECUTE, set.files) != 0 ||
            allow_all(rules, box->writes, box->write_count, write, set.files) != 0 ||
            (box->nest && allow(rules, box->nest, nest, set.files) != 0))
            return -1;
        *held |= SANDBOX_FILES;
    }
    for (int i = 0; set.network && i < box->port_count; i++) {
        struct port_rule rule = {NET_CONNECT, box->ports[i]};
        if (syscall(LANDLOCK_ADD_RULE, rules, RULE_PORT, &rule, 0) != 0)
            return -1;
    }
    *held |= (set.network ? SANDBOX_PORTS : 0) | (set.scope ? SANDBOX_SCOPE : 0);
    return rules;
}

/* Whoever is root becomes nobody in particular. Which files are its own may stay: Landlock says which of them it sees. */
static int become_user(const struct sandbox *box)
{
    if (prctl(PR_SET_KEEPCAPS, 1) != 0 || syscall(SYS_setgroups, 0, NULL) != 0 ||
        syscall(SYS_setresgid, box->user, box->user, box->user) != 0 ||
        syscall(SYS_setresuid, box->user, box->user, box->user) != 0)
        return -1;
    if (box->processes && !(box->without & SANDBOX_LIMITS) && limit(RLIMIT_NPROC, box->processes) != 0)
        return -1;
    if (!box->keeps_files)
        return 0;
    /* The kernel asks for the right anew: it was kept, and not in effect. */
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct rights[2] = {{0}};
    rights[0].effective = rights[0].permitted = 1u << CAP_SETUID | 1u << CAP_SETGID;
    if (syscall(SYS_capset, &header, rights) != 0)
        return -1;
    syscall(SYS_setfsuid, 0);
    syscall(SYS_setfsgid, 0);
    return 0;
}

/* No program that it starts has any; without the right to say so, it has none to give. */
static void drop_bounds(void)
{
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    for (int right = 0; prctl(PR_CAPBSET_READ, right, 0, 0, 0) >= 0; right++)
        prctl(PR_CAPBSET_DROP, right, 0, 0, 0);
}

static int drop_privileges(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {{0}};
    return syscall(SYS_capset, &header, none);
}

const char *sandbox_close(const struct sandbox *box, int *held)
{
    *held = (SANDBOX_LIMITS | SANDBOX_DESCRIPTORS) & ~box->without;
    /* Landlock and seccomp are for those alone who can gain nothing by starting a program. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return "no_new_privs";
    int rules = make_rules(box, held);
    if (rules == -1)
        return "Landlock's rules";
    int privileges = !(box->without & SANDBOX_PRIVILEGES);
    if (privileges)
        drop_bounds();
    if (geteuid() != 0)
        *held |= SANDBOX_USER;
    else if (box->user && !(box->without & SANDBOX_USER)) {
        /* A container may have neither that user nor the right to become it. */
        if (become_user(box) == 0)
            *held |= SANDBOX_USER;
        else if (errno != EPERM && errno != EINVAL)
            return "another user";
    }
    if (privileges) {
        if (drop_privileges() != 0)
            return "privileges";
        *held |= SANDBOX_PRIVILEGES;
    }
    /* Becoming another has switched it off. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return "the signal at its parent's death";
    if (rules >= 0) {
        if (syscall(LANDLOCK_RESTRICT_SELF, rules, 0) != 0)
            return "Landlock";
        close(rules);
    }
    if (!(box->without & SANDBOX_CALLS)) {
        const struct calls calls = {box->may_start, box->port_count > 0, box->nest != NULL, box->server};
        if (calls_close(&calls) == 0)
            *held |= SANDBOX_CALLS;
        else if (errno != ENOSYS && errno != EINVAL)
            return "seccomp";
    }
    return NULL;
}

int decant_sandbox(char *texts, size_t length)
{
    struct sandbox box = {0};
    int held = 0;
    for (char *text = texts; text < texts + length; text += strlen(text) + 1)
        if (!sandbox_read(&box, text))
            return -EINVAL;
    if (sandbox_settle(&box) || (box.is_wanted && sandbox_close(&box, &held)))
        return errno ? -errno : -EINVAL;
    return held;
}
