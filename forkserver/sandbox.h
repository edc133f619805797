/* A sandbox that a process puts around itself, for good: docs/adr/0033, docs/security.md. */
#ifndef DECANT_SANDBOX_H
#define DECANT_SANDBOX_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Layers. A description that names none asks for all; `without` leaves some out, and what the kernel lacks is left out by
 * itself. SANDBOX_FILES and SANDBOX_PORTS and SANDBOX_SCOPE are Landlock's (ABI 1, 4 and 6).
 */
enum {
    SANDBOX_FILES = 1,
    SANDBOX_PORTS = 2,
    SANDBOX_SCOPE = 4,
    SANDBOX_CALLS = 8,
    SANDBOX_PRIVILEGES = 16,
    SANDBOX_USER = 32,
    SANDBOX_LIMITS = 64,
    SANDBOX_DESCRIPTORS = 128, /* closed by whoever becomes the run, before the rest */
    SANDBOX_ALL = 255,
};

#define SANDBOX_MOST_PATHS 64
#define SANDBOX_MOST_PORTS 8

struct sandbox {
    int is_wanted;
    int without;         /* layers that are left out: for tests */
    int keeps_files;     /* files are still opened as the user it was */
    int may_start;       /* programs, those that `executes` names where there is Landlock */
    int server;          /* process that must not be signalled; 0 for none */
    unsigned user;       /* whom it becomes where it is root; 0 stays */
    const char *directory, *niceness;
    const char *nest; /* writes there, and makes directories, which it does nowhere else */
    unsigned long long memory, file_size, seconds, processes, descriptors; /* 0: no limit */
    const char *reads[SANDBOX_MOST_PATHS], *writes[SANDBOX_MOST_PATHS], *executes[SANDBOX_MOST_PATHS];
    int read_count, write_count, execute_count;
    int ports[SANDBOX_MOST_PORTS];
    int port_count;
};

/*
 * Takes one text of a description in, a letter and a value:
 *   n niceness, m address space, f file size, s processor seconds, p processes, o open files, d working directory,
 *   B boxed (1), W layers left out, K keeps files (1), X may start programs (1), S server, U user,
 *   r reads, w writes, x executes (paths), D writes and makes directories in (a path), c connects to (a loopback port)
 * Returns 0 where it is none.
 */
int sandbox_read(struct sandbox *box, char *text);

/* Limits, niceness, directory. Returns NULL, or what could not be done, with errno. */
const char *sandbox_settle(const struct sandbox *box);

/* The walls. Returns NULL, or what could not be done, with errno; `held` are the layers that hold. */
const char *sandbox_close(const struct sandbox *box, int *held);

/* For callers outside C: texts, each with a NUL behind it. Returns the layers that hold, or 0 - errno. */
int decant_sandbox(char *texts, size_t length);

#endif
