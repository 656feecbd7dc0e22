/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>

/* Generous: a decoder of large pictures with many threads stays far below; a file that asks for more is malicious. */
#define MAX_ADDRESS_BYTES ((rlim_t) 16 * 1024 * 1024 * 1024)
#define MAX_DATA_BYTES ((rlim_t) 4 * 1024 * 1024 * 1024)
#define MAX_FILE_BYTES ((rlim_t) 1024 * 1024 * 1024)
/* A copy of four hours at a high rate. */
#define MAX_COPY_BYTES ((rlim_t) 64 * 1024 * 1024 * 1024)
#define MAX_OPEN_FILES 512

static void
limit (__rlimit_resource_t what, rlim_t value)
{
  struct rlimit now;

  if (getrlimit (what, &now) != 0)
    return;
  now.rlim_cur = now.rlim_max == RLIM_INFINITY ? value : MIN (value, now.rlim_max);
  now.rlim_max = now.rlim_cur;
  if (setrlimit (what, &now) != 0)
    g_info ("A limit of resources cannot be set: %s", g_strerror (errno));
}

/* The size of files may be raised once, for a copy. A file that reaches it is an error of writing and no reason to die. */
static void
limit_file (rlim_t soft, rlim_t hard)
{
  struct rlimit now;

  if (getrlimit (RLIMIT_FSIZE, &now) != 0)
    return;
  now.rlim_max = now.rlim_max == RLIM_INFINITY ? hard : MIN (hard, now.rlim_max);
  now.rlim_cur = MIN (soft, now.rlim_max);
  if (setrlimit (RLIMIT_FSIZE, &now) != 0)
    g_info ("A limit of resources cannot be set: %s", g_strerror (errno));
  signal (SIGXFSZ, SIG_IGN);
}

/* What is not allowed yet will not be. */
static void
fix_file_limit (void)
{
  struct rlimit now;

  if (getrlimit (RLIMIT_FSIZE, &now) == 0)
    limit_file (now.rlim_cur, now.rlim_cur);
}

static void
limit_resources (void)
{
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_NOFILE, MAX_OPEN_FILES);
  limit_file (MAX_FILE_BYTES, MAX_COPY_BYTES);
  /* The address sanitizer maps more address space than any limit worth setting. */
#ifndef __SANITIZE_ADDRESS__
  limit (RLIMIT_AS, MAX_ADDRESS_BYTES);
  limit (RLIMIT_DATA, MAX_DATA_BYTES);
#endif
}

/* Ways to open a file for more than reading. The low bits of the flags are no bits: writing is 1, both is 2. */
static int
refuse_opening (scmp_filter_ctx filter, scmp_datum_t mask, scmp_datum_t value)
{
  int status =
      seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (openat), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, mask, value));

#ifdef __NR_open
  if (status == 0)
    status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (open), 1, SCMP_A1 (SCMP_CMP_MASKED_EQ, mask, value));
#endif
  return status;
}

static int
refuse_all (scmp_filter_ctx filter, const int *calls, gsize n_calls, guint32 action)
{
  int status = 0;

  for (gsize i = 0; i < n_calls && status == 0; i++)
    status = seccomp_rule_add (filter, action, calls[i], 0);
  return status;
}

/* Nothing on the disk is made, changed, renamed or removed. A sound card is opened for both, so that much stays. */
static int
add_file_rules (scmp_filter_ctx filter)
{
  static const int refused[] = {
    SCMP_SYS (creat),    SCMP_SYS (truncate),  SCMP_SYS (unlink),    SCMP_SYS (unlinkat),     SCMP_SYS (rename),
    SCMP_SYS (renameat), SCMP_SYS (renameat2), SCMP_SYS (mkdir),     SCMP_SYS (mkdirat),      SCMP_SYS (rmdir),
    SCMP_SYS (link),     SCMP_SYS (linkat),    SCMP_SYS (symlink),   SCMP_SYS (symlinkat),    SCMP_SYS (mknod),
    SCMP_SYS (mknodat),  SCMP_SYS (chmod),     SCMP_SYS (fchmodat),  SCMP_SYS (chown),        SCMP_SYS (lchown),
    SCMP_SYS (fchownat), SCMP_SYS (utimensat), SCMP_SYS (setxattr),  SCMP_SYS (lsetxattr),    SCMP_SYS (removexattr),
    SCMP_SYS (fchmod),   SCMP_SYS (fchown),    SCMP_SYS (fsetxattr), SCMP_SYS (lremovexattr), SCMP_SYS (fremovexattr),
  };
  int status = refuse_opening (filter, O_ACCMODE, O_WRONLY);

  if (status == 0)
    status = refuse_opening (filter, O_CREAT, O_CREAT);
  if (status == 0)
    status = refuse_opening (filter, O_TRUNC, O_TRUNC);
  /* Its flags lie in memory, where no filter sees them; the C library then takes the older call. */
  if (status == 0)
    status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (openat2), 0);
  return status == 0 ? refuse_all (filter, refused, G_N_ELEMENTS (refused), SCMP_ACT_ERRNO (EACCES)) : status;
}

/* Everything stays allowed but sockets other than local ones, changing files, and the calls by which code that was taken
 * over would go on; an allow-list of system calls would break with every new C library, decoder or sound server. */
static int
add_rules (scmp_filter_ctx filter)
{
  static const int refused[] = {
    SCMP_SYS (execve),           SCMP_SYS (execveat),          SCMP_SYS (ptrace),
    SCMP_SYS (process_vm_readv), SCMP_SYS (process_vm_writev), SCMP_SYS (bpf),
    SCMP_SYS (perf_event_open),  SCMP_SYS (userfaultfd),       SCMP_SYS (keyctl),
    SCMP_SYS (add_key),          SCMP_SYS (request_key),       SCMP_SYS (mount),
    SCMP_SYS (umount2),          SCMP_SYS (unshare),           SCMP_SYS (setns),
    SCMP_SYS (pivot_root),       SCMP_SYS (kexec_load),        SCMP_SYS (init_module),
    SCMP_SYS (finit_module),     SCMP_SYS (pidfd_getfd),       SCMP_SYS (open_by_handle_at),
  };
  int status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (socket), 1, SCMP_A0 (SCMP_CMP_NE, AF_UNIX));

  /* Work handed to the kernel's ring is not seen by this filter, so there is no ring. */
  if (status == 0)
    status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (io_uring_setup), 0);
  if (status == 0)
    status = refuse_all (filter, refused, G_N_ELEMENTS (refused), SCMP_ACT_ERRNO (EPERM));
  return status == 0 ? add_file_rules (filter) : status;
}

/* What plays nothing needs no socket at all and no device. */
static int
add_narrow_rules (scmp_filter_ctx filter)
{
  static const int refused[] = { SCMP_SYS (socket), SCMP_SYS (connect), SCMP_SYS (bind), SCMP_SYS (listen) };
  int status = refuse_all (filter, refused, G_N_ELEMENTS (refused), SCMP_ACT_ERRNO (EACCES));

  return status == 0 ? refuse_opening (filter, O_ACCMODE, O_RDWR) : status;
}

static void
load_filter (int (*add) (scmp_filter_ctx))
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
  int status;

  if (!filter)
    return;
  status = add (filter);
  /* Threads that run already come under it too. */
  if (status == 0)
    status = seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1);
  if (status == 0)
    status = seccomp_load (filter);
  if (status != 0)
    g_info ("System calls cannot be refused on this system: %s", g_strerror (-status));
  seccomp_release (filter);
}

void
semio_sandbox_enter (void)
{
  limit_resources ();
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    g_info ("Privileges cannot be given up: %s", g_strerror (errno));
  load_filter (add_rules);
}

void
semio_sandbox_narrow (void)
{
  static gsize narrowed = 0;

  if (g_once_init_enter (&narrowed))
    {
      fix_file_limit ();
      load_filter (add_narrow_rules);
      g_once_init_leave (&narrowed, 1);
    }
}

void
semio_sandbox_allow_large_file (void)
{
  limit_file (MAX_COPY_BYTES, MAX_COPY_BYTES);
}
