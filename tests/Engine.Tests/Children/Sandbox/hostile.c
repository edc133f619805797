/*
 * A program that has been taken over, for tests: tries what its arguments say, ROW TARGET each, and prints
 * "ROW done" or "ROW refused" for each.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <linux/capability.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static int reads(const char *path)
{
    char byte;
    int file = open(path, O_RDONLY);
    return file >= 0 && read(file, &byte, 1) >= 0;
}

static int lists(const char *path) { return open(path, O_RDONLY | O_DIRECTORY) >= 0; }

static int writes(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    return file >= 0 && write(file, "x", 1) == 1;
}

/* The kernel asks who it is when the file is opened; what is at its beginning may be nobody's. */
static int opens(const char *path) { return open(path, O_RDONLY) >= 0; }

/* For whoever opens it with more rights. */
static int leads_to(const char *path)
{
    int result = symlink(path, "hostile-link") == 0;
    unlink("hostile-link");
    return result;
}

static int makes_pipe(void)
{
    int result = mkfifo("hostile-pipe", 0600) == 0;
    unlink("hostile-pipe");
    return result;
}

/* Beside its own three streams. It is the first to be tried: the others leave some open. */
static int has_descriptors(void)
{
    for (int one = 3; one < 1024; one++)
        if (fcntl(one, F_GETFD) >= 0)
            return 1;
    return 0;
}

static int removes(const char *path) { return unlink(path) == 0; }

static int dates(const char *path) { return utimensat(AT_FDCWD, path, NULL, 0) == 0; }

/* A file system that has none has let it through. */
static int marks(const char *path) { return setxattr(path, "user.hostile", "x", 1, 0) == 0 || errno == ENOTSUP; }

static int watches(const char *path)
{
    int watch = inotify_init1(0);
    return watch >= 0 && inotify_add_watch(watch, path, IN_CREATE) >= 0;
}

/* With the owner's rights for whoever starts it. */
static int makes_program(const char *path)
{
    struct stat made = {0};
    unlink(path);
    int file = open(path, O_WRONLY | O_CREAT, S_ISUID | 0755);
    int result = file >= 0 && fstat(file, &made) == 0 && made.st_mode & S_ISUID;
    unlink(path);
    return result;
}

static int sends_to(const char *path)
{
    int pair[2];
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    strncpy(at.sun_path, path, sizeof at.sun_path - 1);
    return socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0 && sendto(pair[0], "x", 1, 0, (struct sockaddr *)&at, sizeof at) == 1;
}

/* It is not told which signal: the process is whoever runs the test. */
static int owns_by_descriptor(pid_t process)
{
    int pair[2];
    return pipe(pair) == 0 && fcntl(pair[0], F_SETOWN, process) == 0;
}

/* What is wrong with the rest of the arguments is said after the right to ask. */
static int mounts(void) { return syscall(SYS_mount, NULL, NULL, NULL, 0, NULL) == 0 || errno != EPERM; }

static int counts_events(void) { return syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0) >= 0 || errno != EPERM; }

/* ADDRESS:PORT. Being refused by who is there, or nobody being there, has gone out. */
static int connects(const char *target, int type, int protocol)
{
    char address[64] = "";
    struct sockaddr_in at = {.sin_family = AF_INET};
    const char *port = strrchr(target, ':');
    memcpy(address, target, port - target);
    inet_pton(AF_INET, address, &at.sin_addr);
    at.sin_port = htons(atoi(port + 1));
    int one = socket(AF_INET, type | SOCK_NONBLOCK, protocol);
    if (one < 0)
        return 0;
    return connect(one, (struct sockaddr *)&at, sizeof at) == 0 || (errno != EACCES && errno != EPERM);
}

static int listens(const char *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
    int one = socket(AF_INET, SOCK_STREAM, 0);
    return one >= 0 && bind(one, (struct sockaddr *)&at, sizeof at) == 0 && listen(one, 1) == 0;
}

static int reaches_abstract(const char *name)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int one = socket(AF_UNIX, SOCK_STREAM, 0);
    memcpy(at.sun_path + 1, name, strlen(name));
    return one >= 0 &&
           connect(one, (struct sockaddr *)&at, offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name)) == 0;
}

static int starts(const char *program)
{
    /* What it would say is not ours to say. */
    int nowhere = open("/dev/null", O_WRONLY), status;
    pid_t child = fork();
    if (child < 0) {
        execl(program, program, (char *)NULL);
        return 0;
    }
    if (child == 0) {
        dup2(nowhere, 1);
        execl(program, program, (char *)NULL);
        _exit(99);
    }
    waitpid(child, &status, 0);
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 99);
}

/* Stops at some hundreds: it is a test. */
static int forks(int most)
{
    static pid_t made[4096];
    int count = 0;
    for (; count < most; count++) {
        made[count] = fork();
        if (made[count] < 0)
            break;
        if (made[count] == 0)
            for (;;)
                pause();
    }
    for (int i = 0; i < count; i++)
        kill(made[i], SIGKILL), waitpid(made[i], NULL, 0);
    return count == most;
}

static int eats(size_t bytes)
{
    struct rlimit most;
    getrlimit(RLIMIT_AS, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_AS, &most);
    void *all = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return all != MAP_FAILED;
}

static int reads_memory(pid_t process)
{
    char byte;
    struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};
    return process_vm_readv(process, &here, 1, &there, 1, 0) >= 0 || errno == EFAULT;
}

static int traces(pid_t process)
{
    if (ptrace(PTRACE_SEIZE, process, 0, 0) != 0)
        return 0;
    ptrace(PTRACE_DETACH, process, 0, 0);
    return 1;
}

static int has_rights(void)
{
    char line[256];
    if (geteuid() != 0 && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1) {
        /* Only root may empty its bounding set, and nobody gains what is in it without new privileges. */
        struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
        struct __user_cap_data_struct data[2];
        return syscall(SYS_capget, &header, data) != 0 || (data[0].effective | data[0].permitted | data[1].effective | data[1].permitted) != 0;
    }
    FILE *status = fopen("/proc/self/status", "r");
    if (!status)
        return prctl(PR_CAPBSET_READ, 21, 0, 0, 0) > 0;
    unsigned long long rights = 0, all = 0;
    while (fgets(line, sizeof line, status))
        if (sscanf(line, "CapEff: %llx", &rights) == 1 || sscanf(line, "CapBnd: %llx", &rights) == 1)
            all |= rights;
    return all != 0;
}

/* Also called by a taken-over extractor, which loads this as a library. */
int try(const char *row, const char *target)
{
    switch (row[0] + 256 * row[1]) {
    case 'r' + 256 * 'e': return reads(target);
    case 'l' + 256 * 's': return lists(target);
    case 'w' + 256 * 'r': return writes(target);
    case 'r' + 256 * 'm': return removes(target);
    case 'o' + 256 * 'p': return opens(target);
    case 's' + 256 * 'y': return leads_to(target);
    case 'f' + 256 * 'i': return makes_pipe();
    case 'm' + 256 * 'k': return mkdir("hostile-shut", 0) == 0;
    case 'f' + 256 * 'd': return has_descriptors();
    case 'e' + 256 * 'n': return getenv(target) != NULL;
    case 'n' + 256 * 'p': return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1;
    case 'c' + 256 * 'm': return chmod(target, 0666) == 0;
    case 'd' + 256 * 'a': return dates(target);
    case 'm' + 256 * 'a': return marks(target);
    case 'w' + 256 * 'a': return watches(target);
    case 's' + 256 * 'u': return makes_program(target);
    case 's' + 256 * 't': return sends_to(target);
    case 'o' + 256 * 'w': return owns_by_descriptor(atoi(target));
    case 'm' + 256 * 'o': return mounts();
    case 'p' + 256 * 'e': return counts_events();
    case 't' + 256 * 'c': return connects(target, SOCK_STREAM, 0);
    case 'm' + 256 * 'p': return connects(target, SOCK_STREAM, 262);
    case 'u' + 256 * 'd': return connects(target, SOCK_DGRAM, 0);
    case 'l' + 256 * 'i': return listens(target);
    case 'a' + 256 * 'b': return reaches_abstract(target);
    case 'e' + 256 * 'x': return starts(target);
    case 'f' + 256 * 'o': return forks(atoi(target));
    case 'e' + 256 * 'a': return eats(strtoull(target, NULL, 10));
    case 'v' + 256 * 'm': return reads_memory(atoi(target));
    case 'p' + 256 * 't': return traces(atoi(target));
    case 'k' + 256 * 'i': return kill(atoi(target), 0) == 0;
    case 'u' + 256 * 'n': return unshare(CLONE_NEWUSER) == 0;
    case 'u' + 256 * 'r': return syscall(425, 1, (char[128]){0}) >= 0;
    case 'k' + 256 * 'e': return syscall(SYS_add_key, "user", "x", "x", 1, -5) >= 0;
    case 'r' + 256 * 'o': return getuid() == 0 || setuid(0) == 0;
    case 'c' + 256 * 'a': return has_rights();
    }
    return -1;
}

int main(int argument_count, char **arguments)
{
    for (int i = 1; i + 1 < argument_count; i += 2) {
        errno = 0;
        int result = try(arguments[i], arguments[i + 1]);
        printf("%s %s\n", arguments[i], result < 0 ? "unknown" : result ? "done" : "refused");
        fflush(stdout);
    }
    return 0;
}
