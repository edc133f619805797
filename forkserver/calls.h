/* The system calls of a sandboxed process. */
#ifndef DECANT_CALLS_H
#define DECANT_CALLS_H

struct calls {
    int may_start;   /* programs and processes */
    int may_connect; /* by TCP */
    int may_nest;    /* directories */
    int server;      /* process that must not be signalled; 0 for none */
};

/* Returns 0, or -1 with errno: ENOSYS or EINVAL where the kernel has no filters. */
int calls_close(const struct calls *calls);

#endif
