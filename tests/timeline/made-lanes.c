/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made-lanes.h"

#include <math.h>

#include "semio-segments.h"

#define SECONDS(s) ((s) *SEMIO_NS_PER_SECOND)

/* Answers per segment, a letter each: y, n, a (not applicable), f (failed), - (missing). */
static const struct {
  guint group;
  const char *label, *a, *b;
  int begin_s, end_s; /* of the reference, -1 for a no */
} features[] = {
  { 0, "Onset during sleep", "nnnnn", "nnnnn", -1, -1 },
  { 0, "Arm flexion", "nyyyn", "nyynn", 37, 58 },
  { 0, "Arm straightening", "nynnn", "nnnnn", 38, 47 },
  { 0, "Arms move simultaneously", "nnnnn", "nyynn", -1, -1 },
  { 0, "Figure-4 posture", "nynnn", "nnnnn", -1, -1 },
  { 0, "Tonic", "nyynn", "nynfn", 38, 47 },
  { 0, "Clonic", "nnyyn", "nnnnn", 48, 76 },
  { 0, "Limb automatisms", "nnnnn", "nnnnn", -1, -1 },
  { 0, "Asynchronous movement", "nnnnn", "nnnnn", -1, -1 },
  { 0, "Pelvic thrusting", "nnnnn", "nnnnn", -1, -1 },
  { 0, "Full-body shaking", "nnyyn", "n-yyn", 48, 76 },
  { 1, "Blank stare", "yynnn", "nynnn", 34, 40 },
  { 1, "Closed eyes", "nnnnn", "nnnny", -1, -1 },
  { 1, "Eye blinking", "nnnnn", "nnnnn", -1, -1 },
  { 1, "Oral automatisms", "nnnnn", "nffnn", -1, -1 },
  { 1, "Face pulling", "nnynn", "nnnnn", -1, -1 },
  { 1, "Face twitching", "nnynn", "nnynn", 50, 70 },
  { 1, "Head turning", "nyynn", "nyyyn", 36, 44 },
  { 2, "Verbal responsiveness", "aanay", "aaaaa", -1, -1 },
  { 2, "Ictal vocalization", "nynnn", "nyynn", 36, 39 },
};

static SemioAnswer
read_letter (char letter)
{
  switch (letter)
    {
    case 'y':
      return SEMIO_ANSWER_YES;
    case 'n':
      return SEMIO_ANSWER_NO;
    case 'a':
      return SEMIO_ANSWER_NA;
    case 'f':
      return SEMIO_ANSWER_FAIL;
    default:
      return SEMIO_ANSWER_MISSING;
    }
}

static void
add_run (SemioLane *lane, guint run, const char *label, const char *letters, gint64 duration_ns)
{
  SemioLaneRun *added = semio_lane_add_run (lane, run, label, SEMIO_ANSWER_NO);

  for (guint i = 0; letters[i] != '\0'; i++)
    {
      SemioAnswer answer = read_letter (letters[i]);

      if (answer == SEMIO_ANSWER_YES)
        added->joined = SEMIO_ANSWER_YES;
      semio_lane_run_add_answer (added, (int) i, semio_segments_get_span (i, duration_ns), answer);
    }
}

SemioLaneSet *
made_lanes_new (SemioLaneReference reference)
{
  static const char *const groups[] = { "Limb and body", "Facial", "Audio" };
  gint64 duration_ns = SECONDS (118);
  SemioEvent event = { SECONDS (34), SECONDS (84), SEMIO_NS_PER_SECOND, SEMIO_EVENT_TYPE_EPILEPTIC };
  SemioLaneSet *set = semio_lane_set_new (duration_ns, &event, reference);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    semio_lane_set_add_group (set, groups[i]);
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    {
      SemioLane *lane = semio_lane_set_add_lane (set, features[i].group, i, features[i].label);

      add_run (lane, 0, "A", features[i].a, duration_ns);
      add_run (lane, 1, "B", features[i].b, duration_ns);
      if (reference != SEMIO_LANE_REFERENCE_REVEALED)
        continue;
      if (features[i].begin_s < 0)
        semio_lane_set_reference (lane, SEMIO_ANSWER_NO, SEMIO_TIME_NONE, SEMIO_TIME_NONE);
      else
        semio_lane_set_reference (lane, SEMIO_ANSWER_YES, SECONDS (features[i].begin_s), SECONDS (features[i].end_s));
    }
  return set;
}

void
made_lanes_add_many (SemioLaneSet *set, guint n_runs, guint n_persons)
{
  static const char *const names[] = { "You", "Anna Berg", "Dr. Maximilian Oberhuber", "Rater 3", "Rater 4", "Rater 5" };

  for (guint i = 0; i < set->lanes->len; i++)
    {
      SemioLane *lane = g_ptr_array_index (set->lanes, i);

      for (guint run = lane->runs->len; run < n_runs; run++)
        {
          const char label[] = { (char) ('A' + run), '\0' };

          add_run (lane, run, label, run % 2 > 0 ? features[i].a : features[i].b, set->duration_ns);
        }
      for (guint person = 0; i % 2 > 0 && person < n_persons; person++)
        {
          g_autofree char *word = g_strdup_printf ("%u · %u", 1 + (i + person) % 5, 1 + (i + 2 * person) % 5);
          g_autofree char *text = g_strdup_printf ("A %u, B %u", 1 + (i + person) % 5, 1 + (i + 2 * person) % 5);
          SemioLanePerson *added = semio_lane_add_person (lane, names[person % G_N_ELEMENTS (names)], text);

          semio_lane_person_add_judgement (added, (SemioSpan){ SECONDS (0), SECONDS (27) }, "–", "A no score");
          semio_lane_person_add_judgement (added, (SemioSpan){ SECONDS (27), SECONDS (77) }, word, text);
        }
    }
}

#define DURATION_S 118
#define STEPS_A_SECOND 50
#define N_STEPS (DURATION_S * STEPS_A_SECOND)
#define N_BANDS 48
#define THUMB_WIDTH 64
#define THUMB_HEIGHT 36
#define N_THUMBS 60

static double
get_liveliness (double time_s)
{
  return time_s > 34 && time_s < 84 ? 0.35 + 0.6 * fabs (sin (time_s * 2.1)) * (1 - (time_s - 34) / 80)
                                    : 0.04 + 0.03 * sin (time_s);
}

static SemioSignalPyramid *
new_pyramid (double share, gboolean signed_values)
{
  g_autofree SemioSignalValue *values = g_new (SemioSignalValue, N_STEPS);

  for (guint i = 0; i < N_STEPS; i++)
    {
      double time_s = (double) i / STEPS_A_SECOND;
      double most = share * get_liveliness (time_s) * (0.6 + 0.4 * fabs (sin (time_s * 31)));

      values[i] = (SemioSignalValue){ signed_values ? (float) -most : 0, (float) most, (float) (most / 3) };
    }
  return semio_signal_pyramid_new (values, N_STEPS, SEMIO_NS_PER_SECOND / STEPS_A_SECOND, 1);
}

static SemioSpectrogram *
new_spectrogram (void)
{
  g_autofree guint8 *levels = g_malloc ((gsize) N_STEPS * N_BANDS);

  for (guint i = 0; i < N_STEPS; i++)
    {
      double time_s = (double) i / STEPS_A_SECOND, pitch = 12 + 6 * sin (time_s / 2);

      for (guint band = 0; band < N_BANDS; band++)
        levels[i * N_BANDS + band] =
            (guint8) (20 + 200 * get_liveliness (time_s) * exp (-fabs (fmod (band, pitch) - pitch / 2) / 2) * (1 - band / 60.0));
    }
  return semio_spectrogram_new (levels, N_STEPS, N_BANDS, SEMIO_NS_PER_SECOND / STEPS_A_SECOND, 60, 8000);
}

static SemioThumbStrip *
new_thumbs (void)
{
  gint64 frames[N_THUMBS], times_ns[N_THUMBS];
  g_autofree guint8 *rgb = g_malloc ((gsize) N_THUMBS * THUMB_WIDTH * THUMB_HEIGHT * 3);

  for (guint i = 0; i < N_THUMBS; i++)
    {
      frames[i] = i * 50;
      times_ns[i] = i * 2 * SEMIO_NS_PER_SECOND;
      for (guint p = 0; p < THUMB_WIDTH * THUMB_HEIGHT; p++)
        {
          guint8 *pixel = rgb + ((gsize) i * THUMB_WIDTH * THUMB_HEIGHT + p) * 3;
          guint x = p % THUMB_WIDTH, y = p / THUMB_WIDTH;
          gboolean body = x > 16 + i % 16 && x < 32 + i % 16 && y > 8;

          pixel[0] = body ? 200 : 60;
          pixel[1] = body ? 160 : (guint8) (70 + i);
          pixel[2] = body ? 140 : 110;
        }
    }
  return semio_thumb_strip_new (frames, times_ns, N_THUMBS, THUMB_WIDTH, THUMB_HEIGHT, rgb);
}

SemioSignalSet *
made_signals_new (void)
{
  static const double shares[] = { 1, 0.1, 0.12, 0.05, 0.09, 0.03 };
  SemioSignalSet *set = semio_signal_set_new ();

  for (guint i = 0; i < SEMIO_SIGNAL_N_KINDS; i++)
    set->pyramids[i] = new_pyramid (shares[i], i == SEMIO_SIGNAL_WAVEFORM);
  set->spectrogram = new_spectrogram ();
  set->thumbs = new_thumbs ();
  return set;
}
