/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-file-guard.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Where SQLite holds its shared lock while a file is in use: after the pending and the reserved byte. */
#define SHARED_FIRST 0x40000002
#define SHARED_SIZE 510
/* The byte of the shared memory's file by which a connection tells that it is in use. */
#define IN_USE_BYTE 128

typedef struct {
  int fd; /* −1 not open */
  goffset first;
  goffset size;
} Guarded;

struct _SemioFileGuard {
  Guarded study;
  Guarded memory;
};

static void
set_lock (const Guarded *guarded, short type)
{
#ifdef F_OFD_SETLK
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = guarded->first, .l_len = guarded->size };

  if (guarded->fd >= 0 && fcntl (guarded->fd, F_OFD_SETLK, &lock) != 0)
    g_debug ("No lock that stays on the study: %s", g_strerror (errno));
#endif
}

static Guarded
take (const char *path, goffset first, goffset size)
{
  Guarded guarded = { g_open (path, O_RDONLY | O_CLOEXEC, 0), first, size };

  set_lock (&guarded, F_RDLCK);
  return guarded;
}

SemioFileGuard *
semio_file_guard_new (const char *path)
{
  SemioFileGuard *guard = g_new0 (SemioFileGuard, 1);
  g_autofree char *memory = g_strconcat (path, "-shm", NULL);

  guard->study = take (path, SHARED_FIRST, SHARED_SIZE);
  guard->memory = take (memory, IN_USE_BYTE, 1);
  return guard;
}

void
semio_file_guard_release (SemioFileGuard *guard)
{
  set_lock (&guard->study, F_UNLCK);
  set_lock (&guard->memory, F_UNLCK);
}

void
semio_file_guard_free (SemioFileGuard *guard)
{
  if (guard->study.fd >= 0)
    close (guard->study.fd);
  if (guard->memory.fd >= 0)
    close (guard->memory.fd);
  g_free (guard);
}
