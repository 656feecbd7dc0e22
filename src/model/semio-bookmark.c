/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-bookmark.h"

G_DEFINE_BOXED_TYPE (SemioBookmark, semio_bookmark, semio_bookmark_ref, semio_bookmark_unref)

SemioBookmark *
semio_bookmark_new (void)
{
  SemioBookmark *bookmark = g_new0 (SemioBookmark, 1);

  g_atomic_ref_count_init (&bookmark->refs);
  return bookmark;
}

SemioBookmark *
semio_bookmark_copy (const SemioBookmark *bookmark)
{
  SemioBookmark *copy = g_memdup2 (bookmark, sizeof *bookmark);

  g_atomic_ref_count_init (&copy->refs);
  copy->text = g_strdup (bookmark->text);
  return copy;
}

SemioBookmark *
semio_bookmark_ref (SemioBookmark *bookmark)
{
  g_atomic_ref_count_inc (&bookmark->refs);
  return bookmark;
}

void
semio_bookmark_unref (SemioBookmark *bookmark)
{
  if (!g_atomic_ref_count_dec (&bookmark->refs))
    return;
  g_free (bookmark->text);
  g_free (bookmark);
}
