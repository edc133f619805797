/*
 * Executes a program in a sandbox, where it cannot be forked: decant-run TEXT... - PROGRAM ARGUMENT...
 * The texts describe the sandbox (sandbox.h); one more, L and the path of forkserver.so, makes the program give up starting
 * others once it is loaded, which works on neither a script nor a static program.
 *
 * decant-run --layers says which layers hold here: their sum, a space, Landlock's version.
 */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fail(const char *what)
{
    fprintf(stderr, "decant-run: %s: %s\n", what, strerror(errno));
    return 70;
}

static int say_layers(struct sandbox *box)
{
    int held;
    int version = syscall(444 /* landlock_create_ruleset */, NULL, 0, 1);
    box->user = geteuid() == 0 ? box->user : 0;
    const char *trouble = sandbox_close(box, &held);
    if (trouble)
        return fail(trouble);
    printf("%d %d\n", held, version < 0 ? 0 : version);
    return 0;
}

int main(int argument_count, char **arguments)
{
    static struct sandbox box;
    int at = 1, held;
    const char *trouble;
    if (argument_count >= 2 && strcmp(arguments[1], "--layers") == 0) {
        for (at = 2; at < argument_count; at++)
            sandbox_read(&box, arguments[at]);
        return say_layers(&box);
    }

    /* A session of its own: one signal reaches it and all that it starts. */
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (; at < argument_count && strcmp(arguments[at], "-") != 0; at++)
        if (arguments[at][0] == 'L') {
            setenv("LD_PRELOAD", arguments[at] + 1, 1);
            setenv("SANDBOX_LAST", "1", 1);
        } else if (!sandbox_read(&box, arguments[at])) {
            errno = EINVAL;
            return fail(arguments[at]);
        }
    if (at + 1 >= argument_count) {
        errno = EINVAL;
        return fail("no program");
    }
    if (!(box.without & SANDBOX_DESCRIPTORS))
        close_range(3, ~0U, 0);
    if ((trouble = sandbox_settle(&box)) || (box.is_wanted && (trouble = sandbox_close(&box, &held))))
        return fail(trouble);
    execv(arguments[at + 1], arguments + at + 1);
    return fail(arguments[at + 1]);
}
