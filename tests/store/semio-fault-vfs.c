/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-fault-vfs.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR 512

/* A write that was not synced yet, or a truncation (data is NULL). */
typedef struct {
  gint64 offset;
  GBytes *data;
} Pending;

/* What stands under one name while power may go. */
typedef struct {
  char *path;
  GByteArray *durable;
  GByteArray *seen;
  GPtrArray *pending;
} Shadow;

typedef struct {
  sqlite3_file base;
  sqlite3_file *real;
  Shadow *shadow; /* (nullable) */
} FaultFile;

typedef struct {
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  guint n_calls;
  guint fail_at;
  gboolean sticky;
  gboolean failed;
  gboolean shadowing;
  guint dark_at;
  gboolean dark;
  GHashTable *shadows;
  GRand *random;
} FaultVfs;

static FaultVfs fault;

static void
free_pending (gpointer data)
{
  Pending *pending = data;

  g_clear_pointer (&pending->data, g_bytes_unref);
  g_free (pending);
}

static void
free_shadow (gpointer data)
{
  Shadow *shadow = data;

  g_free (shadow->path);
  g_byte_array_unref (shadow->durable);
  g_byte_array_unref (shadow->seen);
  g_ptr_array_unref (shadow->pending);
  g_free (shadow);
}

/* Counts a call that changes the disk; what it should come to. */
static int
count_call (int failure)
{
  if (fault.dark)
    return failure;
  fault.n_calls += 1;
  if (fault.dark_at != 0 && fault.n_calls >= fault.dark_at)
    {
      fault.dark = TRUE;
      return failure;
    }
  if (fault.fail_at != 0 && (fault.n_calls == fault.fail_at || (fault.sticky && fault.n_calls > fault.fail_at)))
    {
      fault.failed = TRUE;
      return failure;
    }
  return SQLITE_OK;
}

static void
apply_write (GByteArray *bytes, gint64 offset, const void *data, gsize length)
{
  const guint old = bytes->len;

  if (offset + (gint64) length > old)
    {
      g_byte_array_set_size (bytes, (guint) (offset + (gint64) length));
      memset (bytes->data + old, 0, bytes->len - old);
    }
  memcpy (bytes->data + offset, data, length);
}

static void
apply_pending (GByteArray *bytes, const Pending *pending, gsize length)
{
  if (pending->data != NULL)
    apply_write (bytes, pending->offset, g_bytes_get_data (pending->data, NULL), length);
  else if (pending->offset < bytes->len)
    g_byte_array_set_size (bytes, (guint) pending->offset);
}

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

static int
close_cb (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;
  const int code = self->real->pMethods != NULL ? self->real->pMethods->xClose (self->real) : SQLITE_OK;

  g_clear_pointer (&self->real, g_free);
  return code;
}

static int
read_cb (sqlite3_file *file, void *data, int length, sqlite3_int64 offset)
{
  FaultFile *self = (FaultFile *) file;
  gint64 available;

  if (self->shadow == NULL)
    return self->real->pMethods->xRead (self->real, data, length, offset);
  available = CLAMP ((gint64) self->shadow->seen->len - offset, 0, length);
  memset (data, 0, (gsize) length);
  if (available > 0)
    memcpy (data, self->shadow->seen->data + offset, (gsize) available);
  return available == length ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
write_cb (sqlite3_file *file, const void *data, int length, sqlite3_int64 offset)
{
  FaultFile *self = (FaultFile *) file;
  const int code = count_call (SQLITE_FULL);
  Pending *pending;

  if (code != SQLITE_OK)
    return code;
  if (self->shadow == NULL)
    return self->real->pMethods->xWrite (self->real, data, length, offset);
  pending = g_new0 (Pending, 1);
  pending->offset = offset;
  pending->data = g_bytes_new (data, (gsize) length);
  g_ptr_array_add (self->shadow->pending, pending);
  apply_pending (self->shadow->seen, pending, (gsize) length);
  return SQLITE_OK;
}

static int
truncate_cb (sqlite3_file *file, sqlite3_int64 size)
{
  FaultFile *self = (FaultFile *) file;
  const int code = count_call (SQLITE_IOERR_TRUNCATE);
  Pending *pending;

  if (code != SQLITE_OK)
    return code;
  if (self->shadow == NULL)
    return self->real->pMethods->xTruncate (self->real, size);
  pending = g_new0 (Pending, 1);
  pending->offset = size;
  g_ptr_array_add (self->shadow->pending, pending);
  apply_pending (self->shadow->seen, pending, 0);
  return SQLITE_OK;
}

static int
sync_cb (sqlite3_file *file, int flags)
{
  FaultFile *self = (FaultFile *) file;
  const int code = count_call (SQLITE_IOERR_FSYNC);

  if (code != SQLITE_OK)
    return code;
  if (self->shadow == NULL)
    return self->real->pMethods->xSync (self->real, flags);
  g_byte_array_set_size (self->shadow->durable, 0);
  g_byte_array_append (self->shadow->durable, self->shadow->seen->data, self->shadow->seen->len);
  g_ptr_array_set_size (self->shadow->pending, 0);
  return SQLITE_OK;
}

static int
size_cb (sqlite3_file *file, sqlite3_int64 *size)
{
  FaultFile *self = (FaultFile *) file;

  if (self->shadow == NULL)
    return self->real->pMethods->xFileSize (self->real, size);
  *size = self->shadow->seen->len;
  return SQLITE_OK;
}

static int
lock_cb (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
unlock_cb (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
check_lock_cb (sqlite3_file *file, int *reserved)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), reserved);
}

static int
control_cb (sqlite3_file *file, int operation, void *argument)
{
  /* Hints about sizes would reach the real file past the shadow. */
  if (((FaultFile *) file)->shadow != NULL && (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE))
    return SQLITE_OK;
  return get_real (file)->pMethods->xFileControl (get_real (file), operation, argument);
}

static int
sector_cb (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
device_cb (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
shm_map_cb (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  return get_real (file)->pMethods->xShmMap (get_real (file), page, size, extend, memory);
}

static int
shm_lock_cb (sqlite3_file *file, int offset, int n, int flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, n, flags);
}

static void
shm_barrier_cb (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
shm_unmap_cb (sqlite3_file *file, int remove)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), remove);
}

static const sqlite3_io_methods methods = {
  2,          close_cb,  read_cb,   write_cb,   truncate_cb, sync_cb,        size_cb,      lock_cb, unlock_cb, check_lock_cb,
  control_cb, sector_cb, device_cb, shm_map_cb, shm_lock_cb, shm_barrier_cb, shm_unmap_cb,
};

static Shadow *
ensure_shadow (const char *path)
{
  Shadow *shadow = g_hash_table_lookup (fault.shadows, path);
  g_autofree char *content = NULL;
  gsize length = 0;

  if (shadow != NULL)
    return shadow;
  g_file_get_contents (path, &content, &length, NULL);
  shadow = g_new0 (Shadow, 1);
  shadow->path = g_strdup (path);
  shadow->durable = g_byte_array_new ();
  shadow->seen = g_byte_array_new ();
  shadow->pending = g_ptr_array_new_with_free_func (free_pending);
  g_byte_array_append (shadow->durable, (const guint8 *) content, (guint) length);
  g_byte_array_append (shadow->seen, (const guint8 *) content, (guint) length);
  g_hash_table_insert (fault.shadows, shadow->path, shadow);
  return shadow;
}

static int
open_cb (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  int code;

  self->base.pMethods = NULL;
  if (fault.dark)
    return SQLITE_CANTOPEN;
  self->real = g_malloc0 ((gsize) fault.real->szOsFile);
  self->shadow = NULL;
  code = fault.real->xOpen (fault.real, name, self->real, flags, out_flags);
  if (code != SQLITE_OK)
    {
      g_clear_pointer (&self->real, g_free);
      return code;
    }
  if (fault.shadowing && name != NULL)
    self->shadow = ensure_shadow (name);
  self->base.pMethods = &methods;
  return SQLITE_OK;
}

static int
delete_cb (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  if (fault.dark)
    return SQLITE_IOERR_DELETE;
  if (fault.shadowing)
    g_hash_table_remove (fault.shadows, name);
  return fault.real->xDelete (fault.real, name, sync_folder);
}

static int
access_cb (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  return fault.real->xAccess (fault.real, name, flags, result);
}

static int
full_name_cb (sqlite3_vfs *vfs, const char *name, int size, char *out)
{
  return fault.real->xFullPathname (fault.real, name, size, out);
}

static int
random_cb (sqlite3_vfs *vfs, int n, char *out)
{
  return fault.real->xRandomness (fault.real, n, out);
}

static int
sleep_cb (sqlite3_vfs *vfs, int us)
{
  return fault.real->xSleep (fault.real, us);
}

static int
time_cb (sqlite3_vfs *vfs, double *day)
{
  return fault.real->xCurrentTime (fault.real, day);
}

static int
error_cb (sqlite3_vfs *vfs, int n, char *out)
{
  return fault.real->xGetLastError != NULL ? fault.real->xGetLastError (fault.real, n, out) : 0;
}

void
semio_fault_vfs_install (void)
{
  fault.real = sqlite3_vfs_find (NULL);
  fault.vfs = (sqlite3_vfs){
    .iVersion = 1,
    .szOsFile = sizeof (FaultFile),
    .mxPathname = fault.real->mxPathname,
    .zName = "semio-fault",
    .xOpen = open_cb,
    .xDelete = delete_cb,
    .xAccess = access_cb,
    .xFullPathname = full_name_cb,
    .xRandomness = random_cb,
    .xSleep = sleep_cb,
    .xCurrentTime = time_cb,
    .xGetLastError = error_cb,
  };
  fault.shadows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_shadow);
  sqlite3_vfs_register (&fault.vfs, 1);
}

void
semio_fault_vfs_remove (void)
{
  sqlite3_vfs_unregister (&fault.vfs);
  g_clear_pointer (&fault.shadows, g_hash_table_unref);
  g_clear_pointer (&fault.random, g_rand_free);
}

void
semio_fault_vfs_fail_at (guint n, gboolean sticky)
{
  fault.n_calls = 0;
  fault.fail_at = n;
  fault.sticky = sticky;
  fault.failed = FALSE;
}

gboolean
semio_fault_vfs_has_failed (void)
{
  return fault.failed;
}

void
semio_fault_vfs_cut_power_at (guint n, guint32 seed)
{
  g_clear_pointer (&fault.random, g_rand_free);
  fault.random = g_rand_new_with_seed (seed);
  fault.n_calls = 0;
  fault.dark_at = n;
  fault.dark = FALSE;
  fault.shadowing = TRUE;
}

gboolean
semio_fault_vfs_is_dark (void)
{
  return fault.dark;
}

/* The disk may have written any of the pending pieces before the power went, whole or up to a sector. */
static void
settle (Shadow *shadow)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < shadow->pending->len; i++)
    {
      const Pending *pending = g_ptr_array_index (shadow->pending, i);
      gsize length = pending->data != NULL ? g_bytes_get_size (pending->data) : 0;
      const int fate = g_rand_int_range (fault.random, 0, 4);

      if (fate == 0 && length > SECTOR)
        length = SECTOR * (gsize) g_rand_int_range (fault.random, 1, (gint32) (length / SECTOR) + 1);
      if (fate <= 1)
        apply_pending (shadow->durable, pending, length);
    }
  g_file_set_contents_full (shadow->path, (const char *) shadow->durable->data, shadow->durable->len, G_FILE_SET_CONTENTS_NONE,
                            0644, &error);
  g_assert_no_error (error);
}

void
semio_fault_vfs_restore_power (void)
{
  GHashTableIter iter;
  gpointer shadow;

  g_hash_table_iter_init (&iter, fault.shadows);
  while (g_hash_table_iter_next (&iter, NULL, &shadow))
    settle (shadow);
  g_hash_table_remove_all (fault.shadows);
  fault.shadowing = FALSE;
  fault.dark = FALSE;
  fault.dark_at = 0;
}
