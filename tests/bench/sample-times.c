/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of what is made of a whole recording, as JSON:
 *
 *   sample-times sample FILE HEIGHT QUALITY   pictures twice a second: seconds, pictures, bytes
 *   sample-times signals FILE                 waveform, spectrogram, motion, small pictures: seconds, processor seconds, length */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "semio-media-samples.h"
#include "semio-media-signals.h"

typedef struct {
  guint n;
  guint64 n_bytes;
} Count;

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
}

static void
sampled_cb (gint64 frame, gint64 time_ns, guint width_px, guint height_px, GBytes *jpeg, gpointer user_data)
{
  Count *count = user_data;

  count->n++;
  count->n_bytes += g_bytes_get_size (jpeg);
}

/* Seconds of the processor that a process used, from its eleventh and twelfth field behind the name. */
static double
get_processor_s (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  fields = g_strsplit (strrchr (text, ')') + 2, " ", -1);
  return (double) (atoll (fields[11]) + atoll (fields[12])) / (double) sysconf (_SC_CLK_TCK);
}

static int
fail (const GError *error)
{
  g_printerr ("%s\n", error->message);
  return 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GFile) file = argc > 2 ? g_file_new_for_commandline_arg (argv[2]) : NULL;
  g_autoptr (GAsyncResult) probed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = NULL;
  double seconds, processor_s;
  gint64 begin_us;

  setlocale (LC_ALL, "C");
  if (argc < 3 || (g_str_equal (argv[1], "sample") && argc != 5))
    {
      g_printerr ("Usage: sample-times sample FILE HEIGHT QUALITY | sample-times signals FILE\n");
      return 2;
    }
  semio_media_worker_probe_async (worker, file, NULL, NULL, NULL, keep_cb, &probed);
  wait_for (&probed);
  probe = semio_media_worker_probe_finish (worker, probed, &error);
  if (!probe)
    return fail (error);
  begin_us = g_get_monotonic_time ();
  processor_s = get_processor_s (semio_media_worker_get_helper_pid (worker));
  if (g_str_equal (argv[1], "sample"))
    {
      SemioSampleOptions options = { { 0, G_MAXINT64 }, 2, 1, (guint) atoi (argv[3]), (guint) atoi (argv[4]) };
      Count count = { 0, 0 };

      semio_media_worker_sample_async (worker, file, probe->index, &options, sampled_cb, &count, NULL, keep_cb, &result);
      wait_for (&result);
      if (semio_media_worker_sample_finish (worker, result, &error) < 0)
        return fail (error);
      seconds = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
      g_print ("{\"seconds\": %.4f, \"pictures\": %u, \"bytes\": %" G_GUINT64_FORMAT "}\n", seconds, count.n, count.n_bytes);
    }
  else
    {
      g_autoptr (SemioSignalSet) set = NULL;

      semio_media_worker_signals_async (worker, file, probe->index, NULL, NULL, NULL, keep_cb, &result);
      wait_for (&result);
      set = semio_media_worker_signals_finish (worker, result, &error);
      if (!set)
        return fail (error);
      seconds = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
      processor_s = get_processor_s (semio_media_worker_get_helper_pid (worker)) - processor_s;
      g_print ("{\"seconds\": %.4f, \"processor\": %.4f, \"length\": %.4f}\n", seconds, processor_s,
               (double) semio_frame_index_get_duration_ns (probe->index) / SEMIO_NS_PER_SECOND);
    }
  return 0;
}
