/* Connections to the fork server that do not make up a run yet. */
#ifndef DECANT_WAITING_H
#define DECANT_WAITING_H

#include <poll.h>
#include <stdint.h>
#include <sys/types.h>

#define SECRET_LENGTH 32
#define MOST_WAITING 64

/* A run that is asked for. */
struct request {
    int sockets[4]; /* control, input, output, errors */
    char *asked;    /* to be freed */
    uint32_t length;
};

/* Whom connections are taken from. */
void waiting_for(pid_t peer, const unsigned char secret[SECRET_LENGTH]);

/* Takes what has come to the listener in, and closes what is not from our own. */
void waiting_accept(int listener);

/* Fills in what is to be watched, and returns how many; `milliseconds` until the first of them is late, or -1. */
int waiting_watch(struct pollfd watched[MOST_WAITING], int *milliseconds);

/* Reads from those that have said something, and forgets the late ones. Returns whether a request is complete. */
int waiting_hear(const struct pollfd watched[MOST_WAITING], int count, struct request *complete);

#endif
