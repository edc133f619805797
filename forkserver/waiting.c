/* Connections to the fork server that do not make up a run yet: none of them can keep it from anything. */
#define _GNU_SOURCE
#include "waiting.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 5000 /* milliseconds, for all that is said before a run begins */
#define MOST_ASKED (1u << 20)
#define CONTROL 0

/* What stands at the head of each connection; on control the length of what is asked follows. */
struct head {
    unsigned char secret[SECRET_LENGTH];
    uint64_t token;
    uint32_t kind;
    uint32_t length;
};

struct connection {
    int socket;
    int64_t late;
    size_t have; /* of the head, then of what is asked */
    struct head head;
    char *asked;
};

static struct connection waiting[MOST_WAITING];
static int count;
static pid_t ours;
static unsigned char expected[SECRET_LENGTH];

void waiting_for(pid_t peer, const unsigned char secret[SECRET_LENGTH])
{
    ours = peer;
    memcpy(expected, secret, SECRET_LENGTH);
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void remove_at(int index)
{
    memmove(waiting + index, waiting + index + 1, (--count - index) * sizeof *waiting);
}

static void drop(int index)
{
    close(waiting[index].socket);
    free(waiting[index].asked);
    remove_at(index);
}

void waiting_accept(int listener)
{
    for (;;) {
        struct ucred peer;
        socklen_t length = sizeof peer;
        int one = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (one < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (one < 0)
            return;
        /* Anyone on the machine can connect to an abstract socket. */
        if (getsockopt(one, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0 || peer.pid != ours || peer.uid != geteuid()) {
            close(one);
            continue;
        }
        if (count == MOST_WAITING)
            drop(0);
        waiting[count++] = (struct connection){.socket = one, .late = now() + PATIENCE};
    }
}

static size_t head_length(const struct connection *one)
{
    size_t common = offsetof(struct head, length);
    return one->have >= common && one->head.kind == CONTROL ? sizeof one->head : common;
}

static int is_complete(const struct connection *one)
{
    size_t head = head_length(one);
    return one->have >= head && (one->head.kind != CONTROL || one->have == head + one->head.length);
}

static int is_ours(const struct connection *one)
{
    unsigned char differences = 0;
    for (int i = 0; i < SECRET_LENGTH; i++)
        differences |= one->head.secret[i] ^ expected[i];
    return !differences && one->head.kind < 4;
}

/* Returns 0 where it is to be dropped. */
static int hear_one(struct connection *one)
{
    while (!is_complete(one)) {
        size_t head = head_length(one);
        char *into = one->have < head ? (char *)&one->head + one->have : one->asked + one->have - head;
        size_t wanted = one->have < head ? head - one->have : head + one->head.length - one->have;
        ssize_t got = recv(one->socket, into, wanted, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 && errno == EAGAIN;
        one->have += got;
        if (one->have == offsetof(struct head, length) && !is_ours(one))
            return 0;
        if (one->have == sizeof one->head && !one->asked) {
            if (one->head.length == 0 || one->head.length > MOST_ASKED || !(one->asked = malloc(one->head.length)))
                return 0;
        }
    }
    return 1;
}

static int find(uint64_t token, uint32_t kind)
{
    for (int i = 0; i < count; i++)
        if (waiting[i].head.kind == kind && is_complete(&waiting[i]) && waiting[i].head.token == token)
            return i;
    return -1;
}

static int take(struct request *complete)
{
    for (int i = 0; i < count; i++) {
        uint64_t token = waiting[i].head.token;
        if (waiting[i].head.kind != CONTROL || !is_complete(&waiting[i]) || find(token, 1) < 0 || find(token, 2) < 0 ||
            find(token, 3) < 0)
            continue;
        complete->asked = waiting[i].asked;
        complete->length = waiting[i].head.length;
        for (uint32_t kind = 0; kind < 4; kind++) {
            int at = find(token, kind);
            complete->sockets[kind] = waiting[at].socket;
            remove_at(at);
        }
        return 1;
    }
    return 0;
}

int waiting_watch(struct pollfd watched[MOST_WAITING], int *milliseconds)
{
    int64_t first = -1;
    for (int i = 0; i < count; i++) {
        /* One that has said all is looked at again when the others have. */
        watched[i] = (struct pollfd){.fd = waiting[i].socket, .events = is_complete(&waiting[i]) ? 0 : POLLIN};
        if (first < 0 || waiting[i].late < first)
            first = waiting[i].late;
    }
    int64_t left = first - now();
    *milliseconds = first < 0 ? -1 : left < 0 ? 0 : (int)left + 1;
    return count;
}

int waiting_hear(const struct pollfd watched[MOST_WAITING], int watched_count, struct request *complete)
{
    int64_t time = now();
    /* From the last: one that is dropped moves those behind it. */
    for (int i = watched_count - 1; i >= 0; i--)
        if (waiting[i].late <= time || watched[i].revents & (POLLHUP | POLLERR | POLLNVAL) ||
            (watched[i].revents && !hear_one(&waiting[i])))
            drop(i);
    return take(complete);
}
