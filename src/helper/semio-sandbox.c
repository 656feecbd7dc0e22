/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

/* Generous: a decoder of large pictures with many threads stays far below; a file that asks for more is malicious. */
#define MAX_ADDRESS_BYTES ((rlim_t) 16 * 1024 * 1024 * 1024)
#define MAX_DATA_BYTES ((rlim_t) 4 * 1024 * 1024 * 1024)
#define MAX_FILE_BYTES ((rlim_t) 1024 * 1024 * 1024)
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

static void
limit_resources (void)
{
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_NOFILE, MAX_OPEN_FILES);
  limit (RLIMIT_FSIZE, MAX_FILE_BYTES);
  /* The address sanitizer maps more address space than any limit worth setting. */
#ifndef __SANITIZE_ADDRESS__
  limit (RLIMIT_AS, MAX_ADDRESS_BYTES);
  limit (RLIMIT_DATA, MAX_DATA_BYTES);
#endif
}

/* Everything stays allowed but sockets other than local ones and the calls by which code that was taken over would go
 * on; an allow-list of system calls would break with every new C library, decoder or sound server. */
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
    SCMP_SYS (finit_module),
  };
  int status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (socket), 1, SCMP_A0 (SCMP_CMP_NE, AF_UNIX));

  /* Work handed to the kernel's ring is not seen by this filter, so there is no ring. */
  if (status == 0)
    status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (io_uring_setup), 0);
  for (gsize i = 0; i < G_N_ELEMENTS (refused) && status == 0; i++)
    status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), refused[i], 0);
  return status;
}

void
semio_sandbox_enter (void)
{
  scmp_filter_ctx filter;
  int status;

  limit_resources ();
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    g_info ("Privileges cannot be given up: %s", g_strerror (errno));
  filter = seccomp_init (SCMP_ACT_ALLOW);
  if (!filter)
    return;
  status = add_rules (filter);
  if (status == 0)
    status = seccomp_load (filter);
  if (status != 0)
    g_info ("The network cannot be refused on this system: %s", g_strerror (-status));
  seccomp_release (filter);
}
