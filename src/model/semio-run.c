/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run.h"

#include "semio-json.h"

#define MAX_SETTINGS_BYTES (4 * 1024 * 1024)

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

void
semio_run_take_settings (SemioRun *run, char *settings)
{
  g_autoptr (JsonNode) node = settings && *settings ? semio_json_parse (settings, -1, MAX_SETTINGS_BYTES, NULL) : NULL;

  g_free (run->settings);
  run->settings = settings;
  run->segments = (SemioSegmentPlan){ 0, 0 };
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  run->segments.length_ns = semio_json_get_int_or (json_node_get_object (node), "segment_ns", 0);
  run->segments.step_ns = semio_json_get_int_or (json_node_get_object (node), "step_ns", 0);
}
