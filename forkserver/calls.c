/* The system calls of a sandboxed process: a seccomp filter (seccomp(2)), written by hand for x86-64 and aarch64. */
#define _GNU_SOURCE
#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE

#define MOST 512
/* The newest call that was looked at (mseal, 6.10); those after it are not there. */
#define NEWEST 462
#define NAMESPACES 0x7e020080u
#define PROTOCOL_TCP 6
#define FAST_OPEN 0x20000000u
#define FAST_OPEN_CONNECT 30
#define PUSH_INTO_TERMINAL 0x5412
#define LINUX_CONSOLE 0x541c
#define KINDS_OF_SOCKET 0xf
#define ANOTHERS_RIGHTS 06000
#define MAKING_A_FILE (O_CREAT | 020000000 /* O_TMPFILE without O_DIRECTORY, which is part of it */)
#define SIGNALLED_BY_DESCRIPTOR 0x8901
#define SIGNALLED_GROUP 0x8902
#define X32 0x40000000u

/* Never, whoever it is. */
static const int refused[] = {
    /* other processes */
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_tkill, SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo, SYS_setsid, SYS_setpgid, SYS_migrate_pages, SYS_move_pages,
    424 /* pidfd_send_signal */, 434 /* pidfd_open */, 438 /* pidfd_getfd */, 440 /* process_madvise */,
    448 /* process_mrelease */,
    /* who it is */
    SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setfsuid, SYS_setfsgid,
    SYS_setgroups, SYS_capset,
    /* mounts and namespaces */
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_open_by_handle_at,
    SYS_name_to_handle_at, 428 /* open_tree */, 429 /* move_mount */, 430 /* fsopen */, 431 /* fsconfig */,
    432 /* fsmount */, 433 /* fspick */, 442 /* mount_setattr */, 457 /* statmount */, 458 /* listmount */,
    /* ways into the kernel */
    SYS_add_key, SYS_request_key, SYS_keyctl, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, 425, 426, 427 /* io_uring */,
    SYS_fanotify_init, SYS_fanotify_mark, SYS_personality, SYS_quotactl, SYS_acct, SYS_syslog, SYS_reboot,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_swapon, SYS_swapoff, SYS_sethostname,
    SYS_setdomainname, SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime, SYS_adjtimex, SYS_vhangup,
    SYS_lookup_dcookie, SYS_nfsservctl, 443 /* quotactl_fd */,
#if defined(__x86_64__)
    SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_kexec_file_load, SYS_uselib, SYS__sysctl, SYS_ustat, SYS_sysfs, SYS_mknod,
#else
    294 /* kexec_file_load */,
#endif
    SYS_mknodat,
    /* who may do what with a file, and news of a directory: Landlock knows neither (landlock(7), Current limitations) */
    SYS_fchmod, SYS_fchmodat, 452 /* fchmodat2 */, SYS_fchown, SYS_fchownat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr,
    SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, SYS_inotify_init1,
#if defined(__x86_64__)
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat, SYS_inotify_init,
#endif
    /* other names for files: whoever opens what a run has made would follow them, with rights that the run has not */
    SYS_symlinkat, SYS_linkat,
#if defined(__x86_64__)
    SYS_symlink, SYS_link,
#endif
    /* memory and queues shared by name, files without a name */
    SYS_shmget, SYS_shmat, SYS_shmctl, SYS_semget, SYS_semctl, SYS_semop, SYS_msgget, SYS_msgsnd, SYS_msgrcv, SYS_msgctl,
    SYS_mq_open, SYS_mq_unlink, SYS_memfd_create, 447 /* memfd_secret */,
    /* being called */
    SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
};

static struct sock_filter program[MOST];
static int length;

static void emit(uint16_t code, uint8_t yes, uint8_t no, uint32_t value)
{
    if (length < MOST)
        program[length] = (struct sock_filter){code, yes, no, value};
    length++;
}

static void load(size_t offset) { emit(BPF_LD | BPF_W | BPF_ABS, 0, 0, offset); }

/* Both machines are little-endian: the low half stands first. */
static void load_argument(int index) { load(offsetof(struct seccomp_data, args) + 8 * index); }

static void answer(uint32_t value) { emit(BPF_RET | BPF_K, 0, 0, value); }

static void refuse(int error) { answer(SECCOMP_RET_ERRNO | error); }

static void unless(uint32_t value, uint8_t skipped) { emit(BPF_JMP | BPF_JEQ | BPF_K, 0, skipped, value); }

static void refuse_call(uint32_t number, int error)
{
    unless(number, 1);
    refuse(error);
}

/* Begins what is for one call alone; `end` closes it. What is loaded inside is lost, so it ends in an answer. */
static int begin(uint32_t number)
{
    unless(number, 0);
    return length - 1;
}

static void end(int beginning)
{
    answer(SECCOMP_RET_ALLOW);
    if (beginning < MOST)
        program[beginning].jf = length - beginning - 1;
}

static void refuse_value(uint32_t value)
{
    unless(value, 1);
    refuse(EPERM);
}

static void refuse_bits(uint32_t bits)
{
    emit(BPF_JMP | BPF_JSET | BPF_K, 0, 1, bits);
    refuse(EPERM);
}

static void refuse_unless_null(int index)
{
    for (int half = 0; half < 2; half++) {
        emit(BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, args) + 8 * index + 4 * half);
        emit(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0);
        refuse(EPERM);
    }
}

/* A file with its owner's rights for whoever starts it: the owner may be root, and the directory everybody's one day. */
static void say_making(uint32_t number, int flags, int mode)
{
    int at = begin(number);
    if (flags >= 0) {
        load_argument(flags);
        emit(BPF_JMP | BPF_JSET | BPF_K, 1, 0, MAKING_A_FILE);
        answer(SECCOMP_RET_ALLOW);
    }
    load_argument(mode);
    refuse_bits(ANOTHERS_RIGHTS);
    end(at);
}

static void say_files(const struct calls *calls)
{
    say_making(SYS_openat, 2, 3);
#if defined(__x86_64__)
    say_making(SYS_open, 1, 2);
    say_making(SYS_creat, -1, 1);
#endif
    if (calls->may_nest) {
        say_making(SYS_mkdirat, -1, 2);
#if defined(__x86_64__)
        say_making(SYS_mkdir, -1, 1);
#endif
    } else {
        refuse_call(SYS_mkdirat, EACCES);
#if defined(__x86_64__)
        refuse_call(SYS_mkdir, EACCES);
#endif
    }
    /* Its flags lie in memory; the C library takes openat. */
    refuse_call(437 /* openat2 */, ENOSYS);
    /* The time of what is open is its own; what is named may be anybody's. */
    int at = begin(SYS_utimensat);
    refuse_unless_null(1);
    end(at);
    /* Signals that the kernel sends for a descriptor, to whomever it is told. */
    at = begin(SYS_fcntl);
    load_argument(1);
    refuse_value(F_SETOWN);
    refuse_value(F_SETOWN_EX);
    refuse_value(F_SETSIG);
    end(at);
    at = begin(SYS_ioctl);
    load_argument(1);
    refuse_value(PUSH_INTO_TERMINAL);
    refuse_value(LINUX_CONSOLE);
    refuse_value(SIGNALLED_BY_DESCRIPTOR);
    refuse_value(SIGNALLED_GROUP);
    end(at);
}

/* Signals to itself and, where it has them, to what it started. */
static void say_signals(const struct calls *calls)
{
    static const int signalling[] = {SYS_kill, SYS_tgkill};
    for (size_t i = 0; i < sizeof signalling / sizeof *signalling; i++) {
        int at = begin(signalling[i]);
        load_argument(0);
        if (calls->may_start) {
            /* No group, not all, and none of those above it. */
            emit(BPF_JMP | BPF_JGT | BPF_K, 0, 1, 0x7fffffff);
            refuse(EPERM);
            refuse_value(1);
            refuse_value(getppid());
            if (calls->server)
                refuse_value(calls->server);
        } else {
            emit(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, getpid());
            refuse(EPERM);
        }
        end(at);
    }
}

static void say_processes(const struct calls *calls)
{
    /* Its flags lie in memory, which a filter cannot read; the C library then takes clone. */
    refuse_call(435 /* clone3 */, ENOSYS);
    int at = begin(SYS_clone);
    load_argument(0);
    refuse_bits(NAMESPACES);
    if (!calls->may_start) {
        emit(BPF_JMP | BPF_JSET | BPF_K, 1, 0, CLONE_THREAD);
        refuse(EPERM);
    }
    end(at);
    if (!calls->may_start) {
        refuse_call(SYS_execve, EPERM);
        refuse_call(SYS_execveat, EPERM);
#if defined(__x86_64__)
        refuse_call(SYS_fork, EPERM);
        refuse_call(SYS_vfork, EPERM);
#endif
    }
    /* The limits of another. */
    at = begin(SYS_prlimit64);
    load_argument(0);
    emit(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0);
    refuse(EPERM);
    end(at);
    at = begin(SYS_prctl);
    load_argument(0);
    refuse_value(PR_SET_PDEATHSIG);
    refuse_value(PR_SET_MM);
    refuse_value(PR_SET_PTRACER);
    end(at);
}

/* Streams of TCP, which Landlock knows the ports of: not multipath TCP, not what connects by sending. */
static void say_sockets(const struct calls *calls)
{
    /* A pair of datagrams sends to any socket by its path. */
    int at = begin(SYS_socketpair);
    load_argument(1);
    emit(BPF_ALU | BPF_AND | BPF_K, 0, 0, KINDS_OF_SOCKET);
    emit(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SOCK_STREAM);
    refuse(EACCES);
    end(at);
    if (!calls->may_connect) {
        refuse_call(SYS_socket, EACCES);
        refuse_call(SYS_connect, EACCES);
    } else {
        at = begin(SYS_socket);
        load_argument(0);
        emit(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, AF_INET);
        emit(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AF_INET6);
        refuse(EACCES);
        load_argument(1);
        emit(BPF_ALU | BPF_AND | BPF_K, 0, 0, KINDS_OF_SOCKET);
        emit(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SOCK_STREAM);
        refuse(EACCES);
        load_argument(2);
        emit(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 0);
        emit(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, PROTOCOL_TCP);
        refuse(EACCES);
        end(at);
    }
    at = begin(SYS_sendto);
    load_argument(3);
    refuse_bits(FAST_OPEN);
    end(at);
    at = begin(SYS_sendmsg);
    load_argument(2);
    refuse_bits(FAST_OPEN);
    end(at);
    at = begin(SYS_sendmmsg);
    load_argument(3);
    refuse_bits(FAST_OPEN);
    end(at);
    at = begin(SYS_setsockopt);
    load_argument(2);
    refuse_value(FAST_OPEN_CONNECT);
    end(at);
}

int calls_close(const struct calls *calls)
{
    length = 0;
    load(offsetof(struct seccomp_data, arch));
    emit(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, MACHINE);
    answer(SECCOMP_RET_KILL_PROCESS);
    load(offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    emit(BPF_JMP | BPF_JGE | BPF_K, 0, 1, X32);
    answer(SECCOMP_RET_KILL_PROCESS);
#endif
    emit(BPF_JMP | BPF_JGT | BPF_K, 0, 1, NEWEST);
    refuse(ENOSYS);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        refuse_call(refused[i], EPERM);
    say_files(calls);
    say_signals(calls);
    say_processes(calls);
    say_sockets(calls);
    answer(SECCOMP_RET_ALLOW);
    if (length > MOST) {
        errno = E2BIG;
        return -1;
    }
    struct sock_fprog filter = {length, program};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter);
}

#else

int calls_close(const struct calls *calls)
{
    (void)calls;
    errno = ENOSYS;
    return -1;
}

#endif
