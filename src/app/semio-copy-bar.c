/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-copy-bar.h"

#include <glib/gi18n-lib.h>

#include "semio-copy-maker.h"
#include "semio-source.h"

/* The copy that is being made. */
typedef struct {
  SemioCopyBar *bar;
  SemioSha256 content;
  char *pseudonym;
  gint64 n_bytes;
  double fraction;
  SemioTimeLeft left;
  GCancellable *cancellable;
} Job;

struct _SemioCopyBar {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *text_label;
  GtkProgressBar *progress;
  GtkWidget *make_button;
  GtkWidget *later_button;
  GtkWidget *cancel_button;

  SemioReview *review;
  gint64 gap_ns; /* between its key frames; 0 where a copy is of no use */
  GHashTable *declined; /* ids of recordings of which no copy is wanted now */
  Job *job; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SemioCopyBar, semio_copy_bar, GTK_TYPE_WIDGET)

enum { SIGNAL_CHANGED, SIGNAL_NOTICE, N_SIGNALS };

static guint signals[N_SIGNALS];

static const SemioRecording *
get_recording (SemioCopyBar *self)
{
  return semio_review_get_recording (self->review);
}

gboolean
semio_copy_bar_is_of_use (SemioCopyBar *self)
{
  return self->review != NULL && self->gap_ns > 0 && semio_review_get_file (self->review) != NULL;
}

gboolean
semio_copy_bar_has_copy (SemioCopyBar *self)
{
  return semio_copy_bar_is_of_use (self) && semio_copy_cache_has (&get_recording (self)->content, SEMIO_MEDIA_COPY_PROXY);
}

/* "Making a copy of R-4K2P for quick steps: 34 %, about 2 min left" */
static char *
describe_job (const Job *job)
{
  g_autofree char *left = semio_time_left_to_text (&job->left);
  int percent = (int) (CLAMP (job->fraction, 0, 1) * 100);

  if (left == NULL)
    return g_strdup_printf (_ ("Making a copy of %s for quick steps: %d %%"), job->pseudonym, percent);
  /* TRANSLATORS: a pseudonym, how much is done, and "about 2 min left" */
  return g_strdup_printf (_ ("Making a copy of %s for quick steps: %d %%, %s"), job->pseudonym, percent, left);
}

static char *
describe_offer (SemioCopyBar *self)
{
  g_autofree char *size = g_format_size (
      (guint64) semio_source_guess_proxy_bytes (semio_review_get_frame_index (self->review), get_recording (self)));
  int seconds = (int) ((self->gap_ns + SEMIO_NS_PER_SECOND / 2) / SEMIO_NS_PER_SECOND);

  /* TRANSLATORS: a number of seconds, and a size such as "47 MB" */
  return g_strdup_printf (_ ("This recording has a key frame only every %d s. Make a copy for quick steps (about %s)?"), seconds,
                          size);
}

static void
update (SemioCopyBar *self)
{
  gboolean offers = self->job == NULL && semio_copy_bar_is_of_use (self) && !semio_copy_bar_has_copy (self)
                    && !g_hash_table_contains (self->declined, &get_recording (self)->id);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->box, offers || self->job != NULL);
  gtk_widget_set_visible (self->make_button, offers);
  gtk_widget_set_visible (self->later_button, offers);
  gtk_widget_set_visible (self->cancel_button, self->job != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), self->job != NULL);
  if (self->job != NULL)
    {
      text = describe_job (self->job);
      gtk_progress_bar_set_fraction (self->progress, CLAMP (self->job->fraction, 0, 1));
    }
  else if (offers)
    text = describe_offer (self);
  if (text != NULL && g_strcmp0 (text, gtk_label_get_text (self->text_label)) != 0)
    gtk_label_set_text (self->text_label, text);
}

static void
job_free (Job *job)
{
  g_object_unref (job->bar);
  g_object_unref (job->cancellable);
  g_free (job->pseudonym);
  g_free (job);
}

static void
progress_cb (double fraction, const char *what, gpointer user_data)
{
  Job *job = user_data;

  if (job->bar->job != job || fraction < 0)
    return;
  job->fraction = fraction;
  semio_time_left_update (&job->left, fraction);
  update (job->bar);
}

static void
finish (Job *job, const GError *error)
{
  SemioCopyBar *self = job->bar;

  if (self->job == job)
    {
      self->job = NULL;
      update (self);
      if (error == NULL)
        g_signal_emit (self, signals[SIGNAL_NOTICE], 0,
                       _ ("The copy is made: steps are quick now. Numbers stay the original’s."));
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[SIGNAL_NOTICE], 0, error->message);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
  job_free (job);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCopy) copy = semio_copy_make_finish (result, &error);

  finish (user_data, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCopy) found = semio_source_find_finish (result, &error);

  if (found == NULL)
    {
      finish (job, error);
      return;
    }
  semio_copy_make_async (SEMIO_MEDIA_COPY_PROXY, &job->content, found->file, found->index, job->n_bytes, progress_cb, job,
                         job->cancellable, made_cb, job);
}

static void
start (SemioCopyBar *self)
{
  const SemioRecording *recording = get_recording (self);
  SemioFrameIndex *index = semio_review_get_frame_index (self->review);
  Job *job = g_new0 (Job, 1);

  job->bar = g_object_ref (self);
  job->content = recording->content;
  job->pseudonym = g_strdup (recording->pseudonym);
  job->n_bytes = semio_source_guess_proxy_bytes (index, recording);
  job->cancellable = g_cancellable_new ();
  semio_time_left_start (&job->left);
  self->job = job;
  g_hash_table_remove (self->declined, &recording->id);
  update (self);
  semio_source_find_async (&job->content, semio_review_get_file (self->review), index, SEMIO_SOURCE_EXACT, NULL, NULL,
                           job->cancellable, found_cb, job);
}

static void
decline (SemioCopyBar *self)
{
  gint64 id = get_recording (self)->id;

  g_hash_table_add (self->declined, g_memdup2 (&id, sizeof id));
}

static void
later_clicked_cb (SemioCopyBar *self)
{
  if (self->review != NULL)
    decline (self);
  update (self);
}

/* The page forgets the copy at once; the helper that makes it ends by itself. */
static void
stop_job (SemioCopyBar *self)
{
  Job *job = self->job;

  self->job = NULL;
  if (job != NULL)
    g_cancellable_cancel (job->cancellable);
}

static void
cancel_clicked_cb (SemioCopyBar *self)
{
  stop_job (self);
  if (self->review != NULL)
    decline (self);
  update (self);
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, _ ("No copy was made. Ctrl+K makes one later."));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
semio_copy_bar_toggle (SemioCopyBar *self)
{
  if (!semio_copy_bar_is_of_use (self))
    {
      g_signal_emit (self, signals[SIGNAL_NOTICE], 0,
                     _ ("The key frames of this recording lie close together: no copy is needed."));
      return;
    }
  if (self->job != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_NOTICE], 0, _ ("A copy is being made. Wait for it, or cancel it first."));
      return;
    }
  if (!semio_copy_bar_has_copy (self))
    {
      start (self);
      return;
    }
  semio_copy_cache_remove (&get_recording (self)->content, SEMIO_MEDIA_COPY_PROXY);
  decline (self);
  update (self);
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0,
                 _ ("The copy for quick steps is removed; the original is played. Ctrl+K makes it again."));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
semio_copy_bar_set_review (SemioCopyBar *self, SemioReview *review)
{
  SemioFrameIndex *index = review != NULL ? semio_review_get_frame_index (review) : NULL;

  g_set_object (&self->review, review);
  self->gap_ns = index != NULL ? semio_source_get_key_gap_ns (index, semio_review_get_recording (review)) : 0;
  update (self);
}

static void
semio_copy_bar_dispose (GObject *object)
{
  SemioCopyBar *self = SEMIO_COPY_BAR (object);

  stop_job (self);
  g_clear_object (&self->review);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (semio_copy_bar_parent_class)->dispose (object);
}

static void
semio_copy_bar_finalize (GObject *object)
{
  g_hash_table_unref (SEMIO_COPY_BAR (object)->declined);
  G_OBJECT_CLASS (semio_copy_bar_parent_class)->finalize (object);
}

static void
semio_copy_bar_class_init (SemioCopyBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = semio_copy_bar_dispose;
  object_class->finalize = semio_copy_bar_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-copy-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioCopyBar, box);
  gtk_widget_class_bind_template_child (widget_class, SemioCopyBar, text_label);
  gtk_widget_class_bind_template_child (widget_class, SemioCopyBar, progress);
  gtk_widget_class_bind_template_child (widget_class, SemioCopyBar, make_button);
  gtk_widget_class_bind_template_child (widget_class, SemioCopyBar, later_button);
  gtk_widget_class_bind_template_child (widget_class, SemioCopyBar, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, later_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
}

static void
semio_copy_bar_init (SemioCopyBar *self)
{
  self->declined = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}
