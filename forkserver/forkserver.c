/*
 * Loads a program once and forks it for every run: docs/adr/0027.
 *
 * Preloaded into ffmpeg or ffprobe (LD_PRELOAD), it waits where main() would begin, with every library loaded. The dynamic
 * loader's work, by far the most of a short run, is done once; a run costs a fork. The run is in its sandbox (sandbox.h)
 * before main().
 *
 * On its standard input it is told a secret first (SECRET_LENGTH bytes), and says "\n" when it is ready. Its parent, and
 * nobody else, connects four times for a run to the abstract socket FORKSERVER_SOCKET (unix(7)). Each connection begins with
 * the secret, the run's token (u64) and its kind (u32): 0 control, 1 standard input, 2 output, 3 errors. What is then said on
 * control, numbers in the machine's order:
 *
 *   asked     u32 length, then that many bytes: texts, each with a NUL behind it:
 *             the sandbox (sandbox.h), "-", number of arguments, arguments (the program's own name first),
 *             environment (NAME=value) to the end
 *   answered  i32 process, or 0 - errno where there is none
 *   asked     one byte, any: the run is asked to end (SIGTERM). The end of the stream: it is made to (SIGKILL)
 *   answered  i32 status, as of wait(2), when it has ended and all it started has; SIGXCPU for one that failed with its
 *             processor time used up
 *
 * It ends when its standard input does, or when it is killed, and every run with it. Nothing that is said, or left unsaid,
 * keeps it waiting: waiting.h.
 *
 * With SANDBOX_LAST in its environment instead, the program is executed for one run, in a sandbox that could not yet refuse
 * it that: it gives up starting programs and runs (launcher.c).
 */
#define _GNU_SOURCE
#include "calls.h"
#include "sandbox.h"
#include "waiting.h"

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
#define LAST "SANDBOX_LAST"
#define MOST_TEXTS 4096
#define MOST_RUNS 1024

typedef int (*main_function)(int, char **, char **);
typedef int (*start_function)(main_function, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);

struct run {
    pid_t process;
    int control;
    unsigned long long seconds; /* of the processor that it may have; 0 for any */
    int is_left; /* whoever wanted it is gone, or wants it no more */
};

static main_function program_main;
static struct run runs[MOST_RUNS];
static int run_count;

static void give_up(const char *what)
{
    dprintf(STDERR_FILENO, "forkserver: %s: %s\n", what, strerror(errno));
    _exit(70);
}

static void answer(int control, int32_t number)
{
    /* Whoever is gone does not hear it; the run is ended when its control is next looked at. */
    (void)!send(control, &number, sizeof number, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void refuse(const char *what)
{
    errno = EINVAL;
    give_up(what);
}

/* In the child: becomes the run that was asked for. */
static int become(char **texts, int count, const int stdio[3], pid_t parent, const sigset_t *mask)
{
    static char *arguments[MOST_TEXTS + 1];
    static struct sandbox box;
    int at = 0, held;
    const char *trouble;

    /* A session of its own: one signal reaches it and all that it starts. */
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(70);
    for (int i = 0; i < 3; i++)
        /* A program waits for its streams, as the server may not. */
        if (fcntl(stdio[i], F_SETFL, 0) != 0 || dup2(stdio[i], i) < 0)
            give_up("no standard streams");
    sigprocmask(SIG_SETMASK, mask, NULL);

    while (at < count && strcmp(texts[at], "-") != 0)
        if (!sandbox_read(&box, texts[at++]))
            refuse("the request describes no sandbox");
    if (!(box.without & SANDBOX_DESCRIPTORS))
        close_range(3, ~0U, 0);
    int argument_count = at + 1 < count ? atoi(texts[at + 1]) : 0;
    if (argument_count < 1 || argument_count > count - at - 2)
        refuse("the request has fewer arguments than it says");
    memcpy(arguments, texts + at + 2, argument_count * sizeof *arguments);
    clearenv();
    for (int i = at + 2 + argument_count; i < count; i++)
        putenv(texts[i]);

    if ((trouble = sandbox_settle(&box)) || (box.is_wanted && (trouble = sandbox_close(&box, &held))))
        give_up(trouble);
    return program_main(argument_count, arguments, environ);
}

/* Returns in the child only, with the exit code of its program. */
static int begin(const struct request *request, const sigset_t *mask, int *is_child)
{
    static char *texts[MOST_TEXTS];
    int count = 0;
    int32_t reply = -EINVAL;
    unsigned long long seconds = 0;

    if (request->asked[request->length - 1] == '\0') {
        for (char *text = request->asked; text < request->asked + request->length && count < MOST_TEXTS;
             text += strlen(text) + 1)
            texts[count++] = text;
        if (count < 3 || count == MOST_TEXTS)
            reply = -E2BIG;
        else if (run_count == MOST_RUNS)
            reply = -EAGAIN;
        else {
            /* Its texts are gone when it ends. */
            for (int at = 0; at < count && strcmp(texts[at], "-") != 0; at++)
                if (texts[at][0] == 's')
                    seconds = strtoull(texts[at] + 1, NULL, 10);
            pid_t self = getpid(), process = fork();
            if (process == 0) {
                *is_child = 1;
                return become(texts, count, request->sockets + 1, self, mask);
            }
            reply = process > 0 ? process : -errno;
        }
    }

    free(request->asked);
    for (int i = 1; i < 4; i++)
        close(request->sockets[i]);
    answer(request->sockets[0], reply);
    if (reply > 0)
        runs[run_count++] = (struct run){.process = reply, .control = request->sockets[0], .seconds = seconds};
    else
        close(request->sockets[0]);
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

static unsigned long long seconds_of(const struct rusage *used)
{
    return used->ru_utime.tv_sec + used->ru_stime.tv_sec + (used->ru_utime.tv_usec + used->ru_stime.tv_usec) / 1000000;
}

static void bury(void)
{
    for (int i = 0; i < run_count;) {
        siginfo_t end = {0};
        int status;
        struct rusage used;
        if (waitid(P_PID, runs[i].process, &end, WEXITED | WNOHANG | WNOWAIT) != 0 || end.si_pid == 0) {
            i++;
            continue;
        }
        /* What it left behind goes first: while it is not waited for, its number cannot be another's. */
        kill(-runs[i].process, SIGKILL);
        wait4(runs[i].process, &status, 0, &used);
        /* Whatever it made of the signal, or the kernel of whoever did not listen to it. */
        if (status != 0 && runs[i].seconds && seconds_of(&used) >= runs[i].seconds)
            status = SIGXCPU;
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

static void learn_secret(void)
{
    unsigned char secret[SECRET_LENGTH];
    size_t have = 0;
    while (have < sizeof secret) {
        ssize_t got = read(STDIN_FILENO, secret + have, sizeof secret - have);
        if (got == 0 || (got < 0 && errno != EINTR))
            give_up("nobody told it a secret");
        have += got > 0 ? got : 0;
    }
    waiting_for(getppid(), secret);
}

static int serve(int argument_count, char **arguments, char **environment)
{
    (void)argument_count, (void)arguments, (void)environment;
    static struct pollfd watched[3 + MOST_WAITING + MOST_RUNS];
    sigset_t deaths, before;
    /* A session of its own: what is meant for its parent's terminal is not meant for it. */
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* Nobody reads its memory, from which every run begins. */
    prctl(PR_SET_DUMPABLE, 0);
    sigemptyset(&deaths);
    sigaddset(&deaths, SIGCHLD);
    sigprocmask(SIG_BLOCK, &deaths, &before);
    int dead = signalfd(-1, &deaths, SFD_CLOEXEC | SFD_NONBLOCK);
    learn_secret();
    int listener = listen_at(getenv(SOCKET));
    unsetenv("LD_PRELOAD");
    unsetenv(SOCKET);
    if (dead < 0 || write(STDOUT_FILENO, "\n", 1) != 1)
        give_up("nobody waits for it");

    for (;;) {
        int patience, listened = run_count;
        watched[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
        watched[1] = (struct pollfd){.fd = dead, .events = POLLIN};
        watched[2] = (struct pollfd){.fd = listener, .events = POLLIN};
        int waited = waiting_watch(watched + 3, &patience);
        struct pollfd *of_runs = watched + 3 + waited;
        for (int i = 0; i < listened; i++)
            of_runs[i] = (struct pollfd){.fd = runs[i].is_left ? -1 : runs[i].control, .events = POLLIN};
        if (poll(watched, 3 + waited + listened, patience) < 0) {
            if (errno == EINTR)
                continue;
            give_up("poll");
        }

        /* Before the dead are buried: that moves the others about. */
        for (int i = 0; i < listened; i++)
            if (of_runs[i].revents)
                hear(&runs[i]);
        if (watched[1].revents) {
            struct signalfd_siginfo seen;
            while (read(dead, &seen, sizeof seen) > 0)
                ;
            bury();
        }
        struct request request;
        for (int is_complete = waiting_hear(watched + 3, waited, &request); is_complete;
             is_complete = waiting_hear(NULL, 0, &request)) {
            int is_child = 0, code = begin(&request, &before, &is_child);
            if (is_child)
                return code;
        }
        if (watched[2].revents)
            waiting_accept(listener);
        if (watched[0].revents) {
            for (int i = 0; i < run_count; i++)
                signal_run(&runs[i], SIGKILL);
            _exit(0);
        }
    }
}

/* For a program that was executed: the last thing that its sandbox could not refuse it is refused now. */
static void close_last(void)
{
    const struct calls calls = {.may_start = 0, .may_connect = 1};
    unsetenv(LAST);
    unsetenv("LD_PRELOAD");
    if (calls_close(&calls) != 0 && errno != ENOSYS && errno != EINVAL)
        give_up("seccomp");
}

/* The C library's way to main(), which every program takes. */
int __libc_start_main(main_function main, int argument_count, char **arguments, void (*init)(void), void (*fini)(void),
                      void (*loader_fini)(void), void *stack_end)
{
    start_function start = (start_function)dlsym(RTLD_NEXT, "__libc_start_main");
    program_main = main;
    if (getenv(LAST))
        close_last();
    return start(getenv(SOCKET) ? serve : main, argument_count, arguments, init, fini, loader_fini, stack_end);
}
