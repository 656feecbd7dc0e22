/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-add-copy.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "semio-media-finder.h"

#define PART ".part"
/* So many copies of one pseudonym may lie there before the hidden name stays. */
#define MAX_NAMES 100

struct _SemioAddCopy {
  int lock; /* on the folder, shared among those who copy into it; −1 where there are no locks */
  GFile *part; /* (nullable): under its hidden name */
};

GFile *
semio_add_copy_get_folder (GFile *study)
{
  g_autoptr (GFile) parent = g_file_get_parent (study);
  g_autofree char *name = g_file_get_basename (study);
  char *dot = strrchr (name, '.');
  g_autofree char *folder = NULL;

  if (dot && dot != name)
    *dot = '\0';
  folder = g_strconcat (name, "-media", NULL);
  return g_file_get_child (parent, folder);
}

/* The kernel lets go of the lock when its program dies, so a hidden file in a folder that nobody has locked is left over. */
static int
lock_folder (GFile *folder, int how)
{
  int lock = open (g_file_peek_path (folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (lock >= 0 && flock (lock, how) == 0)
    return lock;
  if (lock >= 0)
    close (lock);
  return -1;
}

static gboolean
sync_file (GFile *file, GError **error)
{
  int handle = open (g_file_peek_path (file), O_RDONLY | O_CLOEXEC);
  gboolean is_synced = handle >= 0 && fsync (handle) == 0;

  if (!is_synced)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The copy could not be written to the disk. %s"), g_strerror (errno));
  if (handle >= 0)
    close (handle);
  return is_synced;
}

SemioAddCopy *
semio_add_copy_make (GFile *folder, GFile *file, const char *name, const SemioSha256 *hash, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (SemioAddCopy) copy = NULL;
  SemioUuid unique = semio_uuid_new ();
  g_autofree char *text = semio_uuid_to_string (&unique);
  g_autofree char *hidden = g_strconcat (".", text, PART, NULL);
  g_autoptr (GError) local = NULL;
  SemioSha256 copied;

  if (!g_file_make_directory (folder, cancellable, &local) && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  copy = g_new0 (SemioAddCopy, 1);
  copy->lock = lock_folder (folder, LOCK_SH);
  copy->part = g_file_get_child (folder, hidden);
  /* What was copied is read back: the study names the content, so the copy has to be it. */
  if (!g_file_copy (file, copy->part, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL, error)
      || !sync_file (copy->part, error) || !semio_sha256_of_file (copy->part, NULL, NULL, cancellable, &copied, error))
    return NULL;
  if (!semio_sha256_equal (&copied, hash))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _ ("The copy of “%s” is not the same as the file. Check the disk, then add it again."), name);
      return NULL;
    }
  return g_steal_pointer (&copy);
}

void
semio_add_copy_free (SemioAddCopy *copy)
{
  if (copy->part)
    g_file_delete (copy->part, NULL, NULL);
  g_clear_object (&copy->part);
  if (copy->lock >= 0)
    close (copy->lock);
  g_free (copy);
}

/* The copy is called by the pseudonym, so that the folder beside the study tells no names. Nothing is overwritten: it
 * is found by content, so any name will do should this one be taken. */
static GFile *
move_to_free_name (GFile *part, const char *pseudonym, const char *name)
{
  const char *dot = name ? strrchr (name, '.') : NULL;
  g_autofree char *extension = dot ? g_ascii_strdown (dot, -1) : g_strdup ("");
  g_autoptr (GFile) folder = g_file_get_parent (part);

  for (guint i = 1; i <= MAX_NAMES; i++)
    {
      g_autofree char *base =
          i == 1 ? g_strconcat (pseudonym, extension, NULL) : g_strdup_printf ("%s-%u%s", pseudonym, i, extension);
      g_autoptr (GFile) target = g_file_get_child (folder, base);

      if (g_file_move (part, target, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL))
        return g_steal_pointer (&target);
    }
  return g_object_ref (part);
}

GFile *
semio_add_copy_name (SemioAddCopy *copy, const char *pseudonym, const char *name)
{
  g_autoptr (GFile) part = g_steal_pointer (&copy->part);

  return move_to_free_name (part, pseudonym, name);
}

GFile *
semio_add_copy_find (GFile *folder, const SemioRecording *recording, SemioHashCache *cache, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) files = semio_media_finder_list_files (folder, 0, G_MAXUINT, cancellable);

  for (guint i = 0; i < files->len; i++)
    {
      SemioFileStamp stamp;
      SemioSha256 hash;

      if (semio_file_stamp_read (files->pdata[i], &stamp, NULL) && stamp.size_bytes == recording->size_bytes
          && semio_hash_cache_hash_file (cache, files->pdata[i], NULL, NULL, cancellable, &hash, &stamp, NULL)
          && semio_sha256_equal (&hash, &recording->content))
        return g_object_ref (files->pdata[i]);
    }
  return NULL;
}

/* The recording whose content this is; NULL also when it is not yet whole. */
static const SemioRecording *
find_owner (GFile *part, GPtrArray *recordings, GCancellable *cancellable)
{
  SemioFileStamp stamp;
  SemioSha256 hash;
  gboolean is_hashed = FALSE;

  if (!semio_file_stamp_read (part, &stamp, NULL))
    return NULL;
  for (guint i = 0; i < recordings->len; i++)
    {
      const SemioRecording *recording = recordings->pdata[i];

      if (!recording->has_media || recording->size_bytes != stamp.size_bytes)
        continue;
      if (!is_hashed && !semio_sha256_of_file (part, NULL, NULL, cancellable, &hash, NULL))
        return NULL;
      is_hashed = TRUE;
      if (semio_sha256_equal (&hash, &recording->content))
        return recording;
    }
  return NULL;
}

/* Files that this program hid, and no others: a dot, a UUID and the ending. */
static GPtrArray *
list_parts (GFile *folder, GCancellable *cancellable)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) children =
      g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  GFileInfo *info;
  GFile *child;

  while (children && g_file_enumerator_iterate (children, &info, &child, cancellable, NULL) && info)
    {
      const char *name = g_file_info_get_name (info);
      g_autofree char *middle = NULL;

      if (name[0] != '.' || !g_str_has_suffix (name, PART))
        continue;
      middle = g_strndup (name + 1, strlen (name) - 1 - strlen (PART));
      if (g_uuid_string_is_valid (middle))
        g_ptr_array_add (parts, g_object_ref (child));
    }
  return parts;
}

void
semio_add_copy_sweep (GFile *folder, GPtrArray *recordings, gboolean remove, GCancellable *cancellable)
{
  int lock = lock_folder (folder, LOCK_EX | LOCK_NB);
  g_autoptr (GPtrArray) parts = NULL;

  if (lock < 0 && remove)
    {
      /* Those who copy share the lock, so this waits for another sweep alone: what it names must not be copied anew. */
      lock = lock_folder (folder, LOCK_SH);
      if (lock >= 0)
        close (lock);
      lock = lock_folder (folder, LOCK_EX | LOCK_NB);
    }
  if (lock < 0)
    return;
  parts = list_parts (folder, cancellable);
  for (guint i = 0; i < parts->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const SemioRecording *owner = find_owner (parts->pdata[i], recordings, cancellable);

      if (owner)
        g_object_unref (move_to_free_name (parts->pdata[i], owner->pseudonym, owner->source_name));
      else if (remove && !g_cancellable_is_cancelled (cancellable))
        g_file_delete (parts->pdata[i], NULL, NULL);
    }
  close (lock);
}
