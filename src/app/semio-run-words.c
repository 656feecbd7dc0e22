/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-words.h"

#include <glib/gi18n-lib.h>

#include "semio-run-config.h"

#define THOUSAND 1000
#define MILLION 1000000
#define S_PER_MIN 60
#define S_PER_H 3600

gboolean
semio_run_is_asked (const SemioRun *run)
{
  return g_strcmp0 (run->origin, "model") == 0;
}

static SemioRunState
read_work (SemioPredict *predict)
{
  switch (semio_predict_get_state (predict))
    {
    case SEMIO_PREDICT_PAUSED:
      return SEMIO_RUN_STATE_PAUSED;
    case SEMIO_PREDICT_WAITING:
      return SEMIO_RUN_STATE_WAITING;
    case SEMIO_PREDICT_RUNNING:
      return SEMIO_RUN_STATE_RUNNING;
    case SEMIO_PREDICT_IDLE:
    case SEMIO_PREDICT_CHECKING:
    case SEMIO_PREDICT_DONE:
    case SEMIO_PREDICT_STOPPED:
    default:
      return SEMIO_RUN_STATE_CHECKING;
    }
}

SemioRunState
semio_run_state_read (const SemioRun *run, SemioPredict *predict, guint n_planned, guint n_asked)
{
  if (predict != NULL)
    return read_work (predict);
  if (run->archived)
    return SEMIO_RUN_STATE_ARCHIVED;
  if (!semio_run_is_asked (run))
    return SEMIO_RUN_STATE_IMPORTED;
  if (n_asked == 0)
    return run->notice != NULL ? SEMIO_RUN_STATE_CHECK_FAILED : SEMIO_RUN_STATE_NOT_BEGUN;
  return n_asked < n_planned ? SEMIO_RUN_STATE_STOPPED : SEMIO_RUN_STATE_COMPLETE;
}

const char *
semio_run_state_get_label (SemioRunState state)
{
  switch (state)
    {
    case SEMIO_RUN_STATE_IMPORTED:
      return _ ("Imported");
    case SEMIO_RUN_STATE_ARCHIVED:
      return _ ("Archived");
    case SEMIO_RUN_STATE_STOPPED:
      return _ ("Stopped");
    case SEMIO_RUN_STATE_COMPLETE:
      return _ ("Complete");
    case SEMIO_RUN_STATE_CHECKING:
      return _ ("Testing the server");
    case SEMIO_RUN_STATE_RUNNING:
      return _ ("Running");
    case SEMIO_RUN_STATE_PAUSED:
      return _ ("Paused");
    case SEMIO_RUN_STATE_WAITING:
      return _ ("Waiting");
    case SEMIO_RUN_STATE_CHECK_FAILED:
      return _ ("Check failed");
    case SEMIO_RUN_STATE_NOT_BEGUN:
    default:
      return _ ("Not begun");
    }
}

const char *
semio_run_state_get_icon (SemioRunState state)
{
  switch (state)
    {
    case SEMIO_RUN_STATE_IMPORTED:
      return "document-open-symbolic";
    case SEMIO_RUN_STATE_ARCHIVED:
      return "folder-symbolic";
    case SEMIO_RUN_STATE_STOPPED:
      return "media-playback-stop-symbolic";
    case SEMIO_RUN_STATE_COMPLETE:
      return "emblem-ok-symbolic";
    case SEMIO_RUN_STATE_PAUSED:
      return "media-playback-pause-symbolic";
    case SEMIO_RUN_STATE_CHECKING:
    case SEMIO_RUN_STATE_WAITING:
      return "content-loading-symbolic";
    case SEMIO_RUN_STATE_CHECK_FAILED:
      return "dialog-warning-symbolic";
    case SEMIO_RUN_STATE_RUNNING:
    case SEMIO_RUN_STATE_NOT_BEGUN:
    default:
      return "media-playback-start-symbolic";
    }
}

char *
semio_run_words_count (gint64 count)
{
  /* TRANSLATORS: a number of millions, then one of thousands. */
  if (count >= MILLION)
    return g_strdup_printf (_ ("%.1f M"), (double) count / MILLION);
  if (count >= 10 * THOUSAND)
    return g_strdup_printf (_ ("%.0f k"), (double) count / THOUSAND);
  return g_strdup_printf ("%" G_GINT64_FORMAT, count);
}

char *
semio_run_words_left (SemioPredict *predict)
{
  double seconds = predict != NULL ? semio_predict_get_progress (predict).seconds_left : -1;

  if (predict == NULL || seconds < 0 || semio_predict_get_state (predict) != SEMIO_PREDICT_RUNNING)
    return NULL;
  if (seconds < 1.5 * S_PER_MIN)
    return g_strdup_printf (_ ("about %d s left"), (int) seconds + 1);
  if (seconds < 1.5 * S_PER_H)
    return g_strdup_printf (_ ("about %d min left"), (int) (seconds / S_PER_MIN) + 1);
  return g_strdup_printf (_ ("about %d h left"), (int) (seconds / S_PER_H) + 1);
}

char *
semio_run_words_join (const char *const *parts, guint n_parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_parts; i++)
    if (parts[i] != NULL && parts[i][0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_string_free (text, FALSE);
}

const char *
semio_run_words_enhancement (const char *enhancement)
{
  if (enhancement == NULL || g_str_equal (enhancement, SEMIO_ENHANCEMENT_NONE))
    return _ ("None");
  if (g_str_equal (enhancement, SEMIO_ENHANCEMENT_TRANSCRIPT))
    return _ ("Transcript of the speech");
  return enhancement;
}
