/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-file-system.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "semio-file-error.h"

static const char *COUNT_TABLES_SQL = "SELECT count (*) FROM sqlite_schema";

/* The numbers are those of statfs(2). FUSE and 9P may be local, but what stands behind them cannot be told. */
static const guint64 network_types[] = {
  0x6969, /* NFS */
  0x517B, /* SMB */
  0xFF534D42, /* CIFS */
  0xFE534D42, /* SMB2 */
  0x65735546, /* FUSE: sshfs, gvfs and others */
  0x01021997, /* 9P */
  0x5346414F, /* AFS */
  0x6B414653, /* kAFS */
  0x00C36400, /* Ceph */
  0x73757245, /* Coda */
  0x564C, /* NCP */
  0x0BD00BD0, /* Lustre */
  0x47504653, /* GPFS */
  0x01161970, /* GFS2 */
  0x7461636F, /* OCFS2 */
  0x786F4256, /* VirtualBox shared folder */
  0xBACBACBC, /* VMware shared folder */
};

gboolean
semio_file_system_is_network_type (guint64 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (network_types); i++)
    if (network_types[i] == (type & G_GUINT64_CONSTANT (0xffffffff)))
      return TRUE;
  return FALSE;
}

/* Nothing is opened here: closing a descriptor of the file would drop the locks that SQLite holds on it in this process. */
gboolean
semio_file_system_is_network (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statfs facts;

  if (statfs (path, &facts) != 0 && statfs (folder, &facts) != 0)
    return FALSE;
  return semio_file_system_is_network_type ((guint64) facts.f_type);
}

static gboolean
check_size (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  GStatBuf facts;

  if (g_stat (path, &facts) != 0)
    {
      g_autofree char *message = semio_file_error_describe_read (path, errno);

      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND, message);
      return FALSE;
    }
  if (S_ISDIR (facts.st_mode))
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_A_STUDY,
                   _ ("“%s” is a folder, not a study. Name the file of a study, which ends in “.semio”."), name);
      return FALSE;
    }
  if (!S_ISREG (facts.st_mode))
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_A_STUDY,
                   _ ("“%s” is not a regular file. Name the file of a study, which ends in “.semio”."), name);
      return FALSE;
    }
  if (facts.st_size == 0)
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_DAMAGED,
                   _ ("“%s” is empty. If it was a study, a backup may hold a good copy."), name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_beside (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  return g_file_test (name, G_FILE_TEST_EXISTS);
}

static gboolean
is_place_writable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_access (folder, W_OK) == 0;
}

gboolean
semio_file_system_choose_flags (const char *path, gboolean read_only, SemioDatabaseFlags *flags, GError **error)
{
  *flags = SEMIO_DATABASE_NONE;
  if (!check_size (path, error))
    return FALSE;

  if (semio_file_system_is_network (path))
    *flags |= SEMIO_DATABASE_NETWORK;
  if (read_only || !is_place_writable (path) || g_access (path, W_OK) != 0)
    *flags |= SEMIO_DATABASE_READ_ONLY;
  if (!is_place_writable (path) && !is_beside (path, "-wal") && !is_beside (path, "-journal"))
    *flags |= SEMIO_DATABASE_IMMUTABLE;
  return TRUE;
}

gboolean
semio_file_system_settle (const char *path, GError **error)
{
  SemioDatabaseFlags flags = SEMIO_DATABASE_AS_IT_STANDS | SEMIO_DATABASE_HOSTILE;
  g_autoptr (SemioDatabase) database = NULL;
  gint64 n_tables;

  if (!is_beside (path, "-journal") || !is_place_writable (path) || g_access (path, W_OK) != 0)
    return TRUE;
  if (semio_file_system_is_network (path))
    flags |= SEMIO_DATABASE_NETWORK;
  /* The first read of a connection that may write takes it back. */
  database = semio_database_open (path, flags, NULL, error);
  return database != NULL && semio_database_get_int (database, COUNT_TABLES_SQL, 0, &n_tables, error);
}
