/*
 * Loads a program once and forks it for every run: docs/adr/0027.
 *
 * Preloaded into ffmpeg or ffprobe (LD_PRELOAD), it waits where main() would begin, with every library loaded. The dynamic
 * loader's work, by far the most of a short run, is done once; a run costs a fork.
 *
 * Whoever wants a run connects four times to the abstract socket FORKSERVER_SOCKET (unix(7)), in this order: control, standard
 * input, standard output, standard error. On each the first eight bytes are the run's token, any that is not the one before:
 * a set that is not completed is forgotten when the next begins. What is then said on control, numbers in the machine's order:
 *
 *   asked     u32 length, then that many bytes: texts, each with a NUL behind it:
 *             niceness, address space, file size (0: no limit), working directory, number of arguments, arguments
 *             (the program's own name first), environment (NAME=value) to the end
 *   answered  i32 process, or 0 - errno where there is none
 *   asked     one byte, any: the run is asked to end (SIGTERM). The end of the stream: it is made to (SIGKILL)
 *   answered  i32 status, as of wait(2), when it has ended and all it started has
 *
 * It ends when its standard input does, or when it is killed, and every run with it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOCKET "FORKSERVER_SOCKET"
#define MOST_ASKED (1 << 20)
#define MOST_TEXTS 4096
#define MOST_RUNS 1024

typedef int (*main_function)(int, char **, char **);
typedef int (*start_function)(main_function, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);

struct run {
    pid_t process;
    int control;
    int is_left; /* whoever wanted it is gone, or wants it no more */
};

/* What has connected so far for the next run. */
static int sockets[4], connected;
static uint64_t token;

static main_function program_main;
static struct run runs[MOST_RUNS];
static int run_count;

static void give_up(const char *what)
{
    dprintf(STDERR_FILENO, "forkserver: %s: %s\n", what, strerror(errno));
    _exit(70);
}

static int read_whole(int from, void *into, size_t length)
{
    size_t have = 0;
    while (have < length) {
        ssize_t got = read(from, (char *)into + have, length - have);
        if (got > 0)
            have += got;
        else if (got == 0 || errno != EINTR)
            return 0;
    }
    return 1;
}

static void answer(int control, int32_t number)
{
    /* Whoever is gone does not hear it; the run is ended when its control is next looked at. */
    (void)!send(control, &number, sizeof number, MSG_NOSIGNAL);
}

/* Anyone on the machine can connect to an abstract socket: only our own user is let in. */
static int accept_ours(int listener)
{
    for (;;) {
        struct ucred peer;
        socklen_t length = sizeof peer;
        int one = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (one < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (one < 0 || (getsockopt(one, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == geteuid()))
            return one;
        close(one);
    }
}

static void limit(int what, const char *most)
{
    struct rlimit limits;
    limits.rlim_cur = limits.rlim_max = strtoull(most, NULL, 10);
    if (limits.rlim_cur > 0 && setrlimit(what, &limits) != 0)
        give_up("a limit could not be set");
}

/* The kernel shares the processor out among sessions first (sched(7), autogroup); niceness counts only within one. */
static void stand_back(const char *niceness)
{
    int much = atoi(niceness);
    if (much <= 0)
        return;
    int group = open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC);
    if (group >= 0) {
        /* Without such groups, or the right to, the process's own niceness is what there is. */
        (void)!write(group, niceness, strlen(niceness));
        close(group);
    }
    if (setpriority(PRIO_PROCESS, 0, much) != 0)
        give_up("it could not stand back");
}

/* In the child: becomes the run that was asked for. */
static int become(char **texts, int count, const int stdio[3], pid_t parent, const sigset_t *mask)
{
    static char *arguments[MOST_TEXTS + 1];
    int argument_count = atoi(texts[4]);
    if (argument_count < 1 || argument_count > count - 5) {
        errno = EINVAL;
        give_up("the request has fewer arguments than it says");
    }

    /* A session of its own: one signal reaches it and all that it starts. */
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(70);
    for (int i = 0; i < 3; i++)
        if (dup2(stdio[i], i) < 0)
            give_up("no standard streams");
    close_range(3, ~0U, 0);
    sigprocmask(SIG_SETMASK, mask, NULL);

    stand_back(texts[0]);
    limit(RLIMIT_AS, texts[1]);
    limit(RLIMIT_FSIZE, texts[2]);
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (chdir(texts[3]) != 0)
        give_up(texts[3]);

    memcpy(arguments, texts + 5, argument_count * sizeof *arguments);
    clearenv();
    for (int i = 5 + argument_count; i < count; i++)
        putenv(texts[i]);
    return program_main(argument_count, arguments, environ);
}

/* Takes the next connection in. True when it completes a set. */
static int complete(int listener)
{
    uint64_t said;
    int one = accept_ours(listener);
    if (one < 0)
        return 0;
    if (!read_whole(one, &said, sizeof said)) {
        close(one);
        return 0;
    }
    while (connected > 0 && said != token)
        close(sockets[--connected]);
    token = said;
    sockets[connected++] = one;
    if (connected < 4)
        return 0;
    connected = 0;
    return 1;
}

/* Returns in the child only, with the exit code of its program. */
static int begin(const sigset_t *mask, int *is_child)
{
    static char asked[MOST_ASKED];
    static char *texts[MOST_TEXTS];
    int count = 0;
    uint32_t length;
    int32_t reply = -EINVAL;

    if (read_whole(sockets[0], &length, sizeof length) && length > 0 && length <= MOST_ASKED &&
        read_whole(sockets[0], asked, length) && asked[length - 1] == '\0') {
        for (char *text = asked; text < asked + length && count < MOST_TEXTS; text += strlen(text) + 1)
            texts[count++] = text;
        if (count < 6 || count == MOST_TEXTS)
            reply = -E2BIG;
        else if (run_count == MOST_RUNS)
            reply = -EAGAIN;
        else {
            pid_t self = getpid(), process = fork();
            if (process == 0) {
                *is_child = 1;
                return become(texts, count, sockets + 1, self, mask);
            }
            reply = process > 0 ? process : -errno;
        }
    }

    for (int i = 1; i < 4; i++)
        close(sockets[i]);
    answer(sockets[0], reply);
    if (reply > 0)
        runs[run_count++] = (struct run){.process = reply, .control = sockets[0]};
    else
        close(sockets[0]);
    return 0;
}

static void signal_run(const struct run *run, int number)
{
    /* It may not have its session yet. Its number is nobody else's before we have waited for it. */
    if (kill(-run->process, number) != 0)
        kill(run->process, number);
}

static void hear(struct run *run)
{
    char word;
    ssize_t got = recv(run->control, &word, 1, MSG_DONTWAIT);
    if (got > 0)
        signal_run(run, SIGTERM);
    else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        signal_run(run, SIGKILL);
        run->is_left = 1;
    }
}

static void bury(void)
{
    for (int i = 0; i < run_count;) {
        siginfo_t end = {0};
        int status;
        if (waitid(P_PID, runs[i].process, &end, WEXITED | WNOHANG | WNOWAIT) != 0 || end.si_pid == 0) {
            i++;
            continue;
        }
        /* What it left behind goes first: while it is not waited for, its number cannot be another's. */
        kill(-runs[i].process, SIGKILL);
        waitpid(runs[i].process, &status, 0);
        answer(runs[i].control, status);
        close(runs[i].control);
        runs[i] = runs[--run_count];
    }
}

static int listen_at(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    size_t length = strlen(name);
    if (length >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        give_up(name);
    }
    memcpy(address.sun_path + 1, name, length);
    length += offsetof(struct sockaddr_un, sun_path) + 1;
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 4096) != 0)
        give_up(name);
    return listener;
}

static int serve(int argument_count, char **arguments, char **environment)
{
    (void)argument_count, (void)arguments, (void)environment;
    static struct pollfd watched[3 + MOST_RUNS];
    sigset_t deaths, before;
    /* A session of its own: what is meant for its parent's terminal is not meant for it. */
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigemptyset(&deaths);
    sigaddset(&deaths, SIGCHLD);
    sigprocmask(SIG_BLOCK, &deaths, &before);
    int dead = signalfd(-1, &deaths, SFD_CLOEXEC | SFD_NONBLOCK);
    int listener = listen_at(getenv(SOCKET));
    unsetenv("LD_PRELOAD");
    unsetenv(SOCKET);
    if (dead < 0 || write(STDOUT_FILENO, "\n", 1) != 1)
        give_up("nobody waits for it");

    for (;;) {
        int listened = run_count;
        watched[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
        watched[1] = (struct pollfd){.fd = dead, .events = POLLIN};
        watched[2] = (struct pollfd){.fd = listener, .events = POLLIN};
        for (int i = 0; i < listened; i++)
            watched[3 + i] = (struct pollfd){.fd = runs[i].is_left ? -1 : runs[i].control, .events = POLLIN};
        if (poll(watched, 3 + listened, -1) < 0) {
            if (errno == EINTR)
                continue;
            give_up("poll");
        }

        /* Before the dead are buried: that moves the others about. */
        for (int i = 0; i < listened; i++)
            if (watched[3 + i].revents)
                hear(&runs[i]);
        if (watched[1].revents) {
            struct signalfd_siginfo seen;
            while (read(dead, &seen, sizeof seen) > 0)
                ;
            bury();
        }
        if (watched[2].revents && complete(listener)) {
            int is_child = 0, code = begin(&before, &is_child);
            if (is_child)
                return code;
        }
        if (watched[0].revents) {
            for (int i = 0; i < run_count; i++)
                signal_run(&runs[i], SIGKILL);
            _exit(0);
        }
    }
}

/* The C library's way to main(), which every program takes. */
int __libc_start_main(main_function main, int argument_count, char **arguments, void (*init)(void), void (*fini)(void),
                      void (*loader_fini)(void), void *stack_end)
{
    start_function start = (start_function)dlsym(RTLD_NEXT, "__libc_start_main");
    program_main = main;
    return start(getenv(SOCKET) ? serve : main, argument_count, arguments, init, fini, loader_fini, stack_end);
}
