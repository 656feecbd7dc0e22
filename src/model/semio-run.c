/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run.h"

G_DEFINE_BOXED_TYPE (SemioRun, semio_run, semio_run_ref, semio_run_unref)

SemioRun *
semio_run_new (void)
{
  SemioRun *run = g_new0 (SemioRun, 1);

  g_atomic_ref_count_init (&run->refs);
  return run;
}

SemioRun *
semio_run_ref (SemioRun *run)
{
  g_atomic_ref_count_inc (&run->refs);
  return run;
}

void
semio_run_unref (SemioRun *run)
{
  if (!g_atomic_ref_count_dec (&run->refs))
    return;
  g_free (run->name);
  g_free (run->model);
  g_free (run->enhancement);
  g_free (run->origin);
  g_free (run->notice);
  g_free (run->settings);
  g_free (run);
}
