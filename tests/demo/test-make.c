/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole demonstration, made in a folder of its own and read through an open study. */
#include <glib/gstdio.h>
#include <string.h>

#include "semio-choreography.h"
#include "semio-demo.h"
#include "semio-study.h"

#define N_RECORDINGS 9

typedef struct {
  GFile *study_file;
  GError *error;
  gboolean done;
  double fraction;
  guint n_told;
} Made;

static void
told (double fraction, const char *what, gpointer user_data)
{
  Made *made = user_data;

  g_assert_cmpfloat (fraction, >=, made->fraction - 0.0001);
  made->fraction = fraction;
  made->n_told++;
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Made *made = user_data;

  made->study_file = semio_demo_make_finish (result, &made->error);
  made->done = TRUE;
}

static void
make (GFile *folder, GCancellable *cancellable, Made *made)
{
  memset (made, 0, sizeof *made);
  semio_demo_make_async (folder, told, made, cancellable, made_cb, made);
  while (!made->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(SemioReview **) user_data = semio_study_load_review_finish (SEMIO_STUDY (source), result, NULL);
  g_main_context_wakeup (NULL);
}

static void
person_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(SemioPerson **) user_data = semio_study_add_person_finish (SEMIO_STUDY (source), result, NULL);
}

static SemioReview *
load_review (SemioStudy *study, gint64 recording_id)
{
  SemioReview *review = NULL;

  semio_study_load_review_async (study, recording_id, NULL, loaded_cb, &review);
  while (!review)
    g_main_context_iteration (NULL, TRUE);
  return review;
}

static void
check_cases (SemioStudy *study, GPtrArray *all)
{
  GListModel *cases = semio_study_get_cases (study);
  gint64 sum_ns = 0;

  g_assert_cmpuint (g_list_model_get_n_items (cases), ==, N_RECORDINGS);
  for (guint i = 0; i < N_RECORDINGS; i++)
    {
      g_autoptr (SemioCase) row = g_list_model_get_item (cases, i);
      const SemioRecording *recording = semio_case_get_recording (row);
      const SemioEvent *event = semio_case_get_event (row);
      const SemioChoreography *it = NULL;

      for (guint k = 0; k < all->len; k++)
        if (g_str_equal (((SemioChoreography *) all->pdata[k])->pseudonym, recording->pseudonym))
          it = all->pdata[k];
      g_assert_nonnull (it);
      g_assert_cmpstr (recording->patient, ==, it->patient);
      g_assert_cmpint (recording->width_px, ==, SEMIO_DEMO_WIDTH_PX);
      g_assert_cmpint (recording->height_px, ==, SEMIO_DEMO_HEIGHT_PX);
      g_assert_cmpfloat_with_epsilon (recording->rate, SEMIO_DEMO_RATE_HZ, 0.01);
      g_assert_cmpint (recording->n_frames, ==, semio_choreography_get_n_frames (it));
      g_assert_cmpint (recording->sound, ==, it->silent ? SEMIO_SOUND_NONE : SEMIO_SOUND_PRESENT);
      g_assert_cmpint (recording->mirrored, ==, it->mirrored);
      g_assert_cmpint (event->onset_ns, ==, (gint64) (it->onset_s * 1000 + 0.5) * 1000000);
      g_assert_cmpint (event->offset_ns, ==, (gint64) (it->offset_s * 1000 + 0.5) * 1000000);
      g_assert_cmpint (event->type, ==, it->type);
      while (!semio_case_get_media_found (row))
        g_main_context_iteration (NULL, TRUE);
      sum_ns += recording->duration_ns;
    }
  g_assert_cmpint (sum_ns, <=, 330 * SEMIO_NS_PER_SECOND);
}

static void
check_label (SemioLabel label, const SemioChoreography *it, const SemioFeature *feature, gboolean from_sound)
{
  const SemioDemoFeature *found = semio_choreography_find_feature (it, feature->id);
  const SemioDemoInterval *interval;

  g_assert_cmpint (label.answer, ==, semio_choreography_get_answer (it, feature, from_sound));
  if (label.answer != SEMIO_ANSWER_YES || found->intervals->len == 0)
    {
      g_assert_cmpint (label.begin_ns, ==, SEMIO_TIME_NONE);
      return;
    }
  interval = g_ptr_array_index (found->intervals, 0);
  g_assert_cmpint (label.begin_ns, ==, (gint64) (interval->begin_s * 1000 + 0.5) * 1000000);
  g_assert_cmpint (label.end_ns, ==, (gint64) (interval->end_s * 1000 + 0.5) * 1000000);
}

/* The labels of a recording are those of its choreography, and so are their intervals. */
static void
check_labels (SemioStudy *study, GPtrArray *all)
{
  SemioFeatureSet *features = semio_study_get_feature_set (study);

  for (guint i = 0; i < N_RECORDINGS; i++)
    {
      g_autoptr (SemioCase) row = g_list_model_get_item (semio_study_get_cases (study), i);
      g_autoptr (SemioReview) review = load_review (study, semio_case_get_id (row));
      const char *pseudonym = semio_case_get_recording (row)->pseudonym;
      const SemioChoreography *it = g_ptr_array_index (all, (guint) (pseudonym[2] - '1'));

      g_assert_cmpstr (it->pseudonym, ==, pseudonym);
      g_assert_true (semio_review_has_reference (review));
      g_assert_cmpuint (semio_review_get_n_runs (review), ==, 2);
      for (guint f = 0; f < 20; f++)
        check_label (semio_review_get_label (review, f), it, semio_feature_set_get (features, f),
                     semio_feature_set_is_from_sound (features, f));
    }
}

/* The first items of the queue are what the test of the window counts on. */
static void
check_queue (SemioStudy *study)
{
  static const struct {
    const char *feature;
    guint run;
    SemioAnswer answer;
    guint n_cited;
  } expected[] = {
    { "arm_flexion", 0, SEMIO_ANSWER_YES, 2 },
    { "arm_flexion", 1, SEMIO_ANSWER_NO, 3 },
    { "arm_straightening", 0, SEMIO_ANSWER_NO, 3 },
    { "arm_straightening", 1, SEMIO_ANSWER_YES, 1 },
  };
  g_autoptr (SemioReview) review = NULL;
  SemioPerson *person = NULL;
  SemioItemKey key, after;
  gboolean found;

  semio_study_add_person_async (study, "Tester", SEMIO_ROLE_EPILEPTOLOGIST, person_cb, &person);
  while (!person)
    g_main_context_iteration (NULL, TRUE);
  semio_study_set_person (study, person);
  semio_person_unref (person);
  found = semio_study_find_next_item (study, NULL, &key);
  g_assert_true (found);
  review = load_review (study, key.recording_id);
  g_assert_cmpstr (semio_review_get_recording (review)->pseudonym, ==, "R01");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      int feature = semio_feature_set_find (semio_study_get_feature_set (study), expected[i].feature);
      const SemioItem *item =
          semio_review_get_item (review, (guint) semio_review_find_item (review, (guint) feature, expected[i].run));
      guint n_cited = 0;

      g_assert_cmpuint (key.feature, ==, (guint) feature);
      g_assert_cmpint (key.run_id, ==, semio_review_get_run (review, expected[i].run)->id);
      g_assert_cmpint (item->answer, ==, expected[i].answer);
      g_assert_cmpuint (item->n_segments, ==, 5);
      for (guint k = 0; k < item->n_segments; k++)
        n_cited += item->cited[k];
      g_assert_cmpuint (n_cited, ==, expected[i].n_cited);
      after = key;
      found = semio_study_find_next_item (study, &after, &key);
      g_assert_true (found);
    }
}

static void
delete_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      delete_all (child);
    }
  g_remove (path);
}

static void
copy_all (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (to, 0755), ==, 0);
  while ((name = g_dir_read_name (dir)))
    {
      g_autoptr (GFile) file = g_file_new_build_filename (from, name, NULL);
      g_autoptr (GFile) copy = g_file_new_build_filename (to, name, NULL);

      if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
        copy_all (g_file_peek_path (file), g_file_peek_path (copy));
      else
        g_file_copy (file, copy, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

/* The tests of the window begin with a copy of what was made, as long as nobody has opened it: drawing it again takes them as
 * long as drawing it here. */
static void
keep_for_others (GFile *folder)
{
  const char *kept = g_getenv ("SEMIO_TEST_DEMONSTRATION");
  g_autofree char *part = kept ? g_strconcat (kept, ".part", NULL) : NULL;

  if (!kept)
    return;
  delete_all (part);
  copy_all (g_file_peek_path (folder), part);
  delete_all (kept);
  g_assert_cmpint (g_rename (part, kept), ==, 0);
}

static void
test_make (void)
{
  g_autofree char *path = g_dir_make_tmp ("semio-demo-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_build_filename (path, "new", "folder", NULL);
  g_autoptr (GPtrArray) all = semio_choreography_load_all (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioStudy) study = NULL;
  Made made, again;
  gboolean closed;

  make (folder, NULL, &made);
  g_assert_no_error (made.error);
  g_assert_cmpfloat_with_epsilon (made.fraction, 1, 0.0001);
  g_assert_cmpuint (made.n_told, >, 5);
  keep_for_others (folder);
  study = semio_study_open_sync (made.study_file, &error);
  g_assert_no_error (error);
  check_cases (study, all);
  check_labels (study, all);
  g_assert_cmpuint (semio_study_get_runs (study)->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const SemioRun *run = g_ptr_array_index (semio_study_get_runs (study), i);

      g_assert_cmpstr (run->origin, ==, "sample");
      g_assert_cmpstr (run->notice, ==, "sample answers, written for the demonstration; not a model");
    }
  check_queue (study);
  closed = semio_study_close_sync (study, &error);
  g_assert_no_error (error);
  g_assert_true (closed);
  /* What stands is never overwritten. */
  make (folder, NULL, &again);
  g_assert_error (again.error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_error_free (again.error);
  g_object_unref (made.study_file);
  delete_all (path);
}

/* Giving up leaves no study, and no half a video. */
static void
test_cancel (void)
{
  g_autofree char *path = g_dir_make_tmp ("semio-demo-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GDir) dir = NULL;
  Made made;

  memset (&made, 0, sizeof made);
  semio_demo_make_async (folder, told, &made, cancellable, made_cb, &made);
  while (made.n_told < 3)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  while (!made.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (made.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (made.study_file);
  g_error_free (made.error);
  dir = g_dir_open (path, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  g_rmdir (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/demo/make/cancel", test_cancel);
  g_test_add_func ("/demo/make/whole", test_make);
  return g_test_run ();
}
