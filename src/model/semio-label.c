/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-label.h"

G_DEFINE_BOXED_TYPE (SemioReferenceSet, semio_reference_set, semio_reference_set_ref, semio_reference_set_unref)

SemioReferenceSet *
semio_reference_set_new (void)
{
  SemioReferenceSet *set = g_new0 (SemioReferenceSet, 1);

  g_atomic_ref_count_init (&set->refs);
  return set;
}

SemioReferenceSet *
semio_reference_set_ref (SemioReferenceSet *set)
{
  g_atomic_ref_count_inc (&set->refs);
  return set;
}

void
semio_reference_set_unref (SemioReferenceSet *set)
{
  if (!g_atomic_ref_count_dec (&set->refs))
    return;
  g_free (set->name);
  g_free (set);
}
