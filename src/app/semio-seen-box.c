/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-seen-box.h"

#include <glib/gi18n-lib.h>

#include "semio-run-config.h"
#include "semio-seen-strip.h"
#include "semio-seen.h"
#include "semio-text.h"

/* Who walks through segments with a key held does not start a helper for each. */
#define DELAY_MS 150
/* More of a reply is no reading. */
#define MAX_RAW_CHARS 20000

struct _SemioSeenBox {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkToggleButton *button;
  GtkWidget *content;
  GtkWidget *wait;
  GtkLabel *state_label;
  SemioSeenStrip *strip;
  GtkWidget *sound_row;
  GtkLabel *sound_label;
  GtkWidget *play_button;
  GtkLabel *limit_label;
  GtkLabel *question_label;
  GtkLabel *also_label; /* what else the model was asked of it */
  GtkWidget *instructions_expander;
  GtkLabel *instructions_label;
  GtkWidget *reply_expander;
  GtkLabel *reply_label;
  GtkLabel *origin_label;

  SemioRatingController *controller;
  SemioSeen *seen; /* (nullable) */
  char *error; /* (nullable): why it is not known */
  SemioItemKey shown; /* what was asked for last */
  int shown_segment;
  gboolean has_shown;
  gboolean prompts_tell; /* the runs were asked in different words, so the words tell which run it is */
  gboolean takes_focus; /* when the pictures are there */
  gboolean is_opening; /* until what was seen is there */
  GCancellable *loading; /* (nullable) */
  guint delay_id;
  gint64 time_ns;
};

G_DEFINE_FINAL_TYPE (SemioSeenBox, semio_seen_box, GTK_TYPE_WIDGET)

enum { SIGNAL_SEEK, SIGNAL_PLAY, SIGNAL_OPENED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_folded (GtkWidget *expander, GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (expander, text != NULL && *text != '\0');
}

static const char *
describe_state (const SemioSeen *seen)
{
  switch (seen->state)
    {
    case SEMIO_SEEN_SAME:
      return _ ("Byte for byte as it was sent.");
    case SEMIO_SEEN_DIFFERENT:
      return _ ("What was sent could not be made again byte for byte: the video was changed, or another version of the "
                "program encoded it. The times are those of the record.");
    case SEMIO_SEEN_UNKNOWN:
    default:
      return _ ("The pictures could not be made again: the video was not found. The times are those of the record.");
    }
}

static void
show_sound (SemioSeenBox *self, const SemioSeen *seen)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->play_button, seen->has_sound);
  if (seen->has_sound)
    {
      SemioSpan span = seen->media != NULL && seen->media->wav != NULL ? seen->media->sound_span : seen->span;
      g_autofree char *begin = semio_time_format (span.begin_ns, 1);
      g_autofree char *end = semio_time_format (span.end_ns, 1);

      /* TRANSLATORS: times, "0:25.0 to 0:55.0" */
      text = g_strdup_printf (_ ("Sound was sent, %s to %s."), begin, end);
    }
  else
    text = g_strdup (_ ("No sound was sent."));
  gtk_label_set_text (self->sound_label, text);
}

static char *
describe_limit (const SemioSeen *seen)
{
  if (seen->times->len == 0)
    return g_strdup (_ ("No pictures were sent."));
  /* TRANSLATORS: "Nothing faster than 1 Hz can be told at 2 frames a second." */
  return g_strdup_printf (_ ("Nothing faster than %.3g Hz can be told at %.3g frames a second."), seen->pictures_per_second / 2,
                          seen->pictures_per_second);
}

static char *
describe_origin (const SemioSeen *seen)
{
  g_autoptr (GString) text = g_string_new (seen->prompts);

  if (seen->has_transcript)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ ("with a transcript"));
  if (seen->host != NULL)
    /* TRANSLATORS: "%s" is the address of a server */
    g_string_append_printf (text, "%s", text->len > 0 ? " · " : "");
  if (seen->host != NULL)
    g_string_append (text, seen->host);
  if (seen->utc_us > 0)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seen->utc_us / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
      g_autofree char *date = local != NULL ? g_date_time_format (local, "%x, %H:%M") : NULL;

      if (date != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", date);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
clean_reply (const SemioSeen *seen)
{
  gsize length = 0;
  const char *raw = NULL;

  if (seen->reply == NULL || seen->reply->raw == NULL)
    return NULL;
  raw = g_bytes_get_data (seen->reply->raw, &length);
  return semio_text_clean (raw, (gssize) MIN (length, (gsize) MAX_RAW_CHARS * 4), MAX_RAW_CHARS);
}

static void
append_reply (GString *text, const char *title, const SemioModelReply *reply, const char *answer)
{
  const char *words = reply->state == SEMIO_REPLY_UNUSABLE ? reply->problem : reply->explanation;

  g_string_append_printf (text, "%s%s: %s%s%s", text->len > 0 ? "\n" : "", title, answer, *answer != '\0' ? " · " : "",
                          words != NULL ? words : "");
}

/* When the model says that the feature begins, and its account of the recording, where it was asked for them. */
static char *
describe_also (const SemioSeen *seen)
{
  GString *text = g_string_new (NULL);
  gboolean has_time = seen->onset != NULL && seen->onset->onset_ns != SEMIO_TIME_NONE;
  g_autofree char *onset = has_time ? semio_time_format (seen->onset->onset_ns, 1) : g_strdup (_ ("not seen"));

  if (seen->onset != NULL)
    append_reply (text, _ ("Begins"), seen->onset, seen->onset->state == SEMIO_REPLY_UNUSABLE ? "" : onset);
  if (seen->narrative != NULL)
    append_reply (text, _ ("Narrative of the recording"), seen->narrative, "");
  return g_string_free (text, FALSE);
}

/* What tells the run is not there at all while it is hidden: not on screen and not for those who listen. */
static void
show_words (SemioSeenBox *self, gboolean is_revealed)
{
  const SemioSeen *seen = self->seen;
  gboolean words = is_revealed || !self->prompts_tell;
  g_autofree char *question = NULL;
  g_autofree char *origin = is_revealed ? describe_origin (seen) : NULL;
  g_autofree char *reply = is_revealed ? clean_reply (seen) : NULL;

  if (!words)
    question = g_strdup (_ ("The words of the question tell which run it is: they are shown with the names of the runs."));
  else if (seen->question != NULL)
    /* TRANSLATORS: the question a model was asked */
    question = g_strdup_printf (_ ("Asked: %s"), seen->question);
  show_text (self->question_label, question);
  show_folded (self->instructions_expander, self->instructions_label, words ? seen->instructions : NULL);
  show_folded (self->reply_expander, self->reply_label, reply);
  show_text (self->origin_label, origin);
}

static void
show_all (SemioSeenBox *self)
{
  SemioReview *review = semio_rating_controller_get_review (self->controller);
  const SemioSeen *seen = self->seen;
  g_autofree char *limit = seen != NULL ? describe_limit (seen) : NULL;
  g_autofree char *also = seen != NULL ? describe_also (seen) : NULL;
  gboolean waits = self->loading != NULL || self->delay_id != 0;

  gtk_widget_set_visible (self->wait, waits);
  gtk_widget_set_visible (GTK_WIDGET (self->strip), seen != NULL && seen->times->len > 0);
  gtk_widget_set_visible (self->sound_row, seen != NULL);
  show_text (self->limit_label, limit);
  show_text (self->state_label, seen != NULL ? describe_state (seen) : waits ? NULL : self->error);
  if (seen != NULL && review != NULL)
    {
      show_sound (self, seen);
      show_words (self, semio_review_are_runs_revealed (review));
      show_text (self->also_label, also);
      return;
    }
  show_text (self->question_label, NULL);
  show_text (self->also_label, NULL);
  show_text (self->origin_label, NULL);
  show_folded (self->instructions_expander, self->instructions_label, NULL);
  show_folded (self->reply_expander, self->reply_label, NULL);
}

static void
forget (SemioSeenBox *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_pointer (&self->seen, semio_seen_free);
  g_clear_pointer (&self->error, g_free);
  self->has_shown = FALSE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioSeenBox) self = SEMIO_SEEN_BOX (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioSeen) seen = semio_seen_load_finish (SEMIO_STUDY (source), result, &error);

  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  if (seen == NULL)
    self->error = g_strdup (error->message);
  self->seen = g_steal_pointer (&seen);
  semio_seen_strip_set_pictures (self->strip, self->seen != NULL ? self->seen->times : NULL,
                                 self->seen != NULL ? self->seen->media : NULL);
  semio_seen_strip_set_time (self->strip, self->time_ns);
  show_all (self);
  /* What is judged by ear may have no picture. */
  if (self->takes_focus && !semio_seen_strip_take_focus (self->strip) && self->seen != NULL && self->seen->has_sound)
    gtk_widget_grab_focus (self->play_button);
  self->takes_focus = FALSE;
  if (self->is_opening)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  self->is_opening = FALSE;
}

/* Whether runs of the review were asked in words of their own. */
static gboolean
do_prompts_tell (SemioReview *review)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < semio_review_get_n_runs (review); i++)
    {
      const SemioRun *run = semio_review_get_run (review, i);
      g_autoptr (SemioRunConfig) config = run->settings != NULL ? semio_run_config_parse (run->settings, -1, NULL) : NULL;
      char text[SEMIO_SHA256_TEXT] = "";

      if (config != NULL)
        {
          SemioSha256 hash = semio_prompt_set_get_hash (config->prompts);

          semio_sha256_format (&hash, text);
        }
      g_hash_table_add (hashes, g_strdup (text));
    }
  return g_hash_table_size (hashes) > 1;
}

static gboolean
delay_cb (gpointer user_data)
{
  SemioSeenBox *self = SEMIO_SEEN_BOX (user_data);
  SemioReview *review = semio_rating_controller_get_review (self->controller);
  SemioStudy *study = semio_rating_controller_get_study (self->controller);
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);
  SemioQuestionKey key = { .kind = SEMIO_QUESTION_ANSWER };

  self->delay_id = 0;
  if (review == NULL || study == NULL || item == NULL)
    return G_SOURCE_REMOVE;
  key.recording_id = item->key.recording_id;
  key.feature = item->key.feature;
  key.segment = self->shown_segment;
  self->prompts_tell = do_prompts_tell (review);
  self->loading = g_cancellable_new ();
  semio_seen_load_async (study, semio_review_get_run (review, item->run)->id, &key, self->loading, loaded_cb,
                         g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
semio_seen_box_refresh (SemioSeenBox *self)
{
  const SemioItem *item = NULL;
  int segment = SEMIO_SEGMENT_WHOLE;

  g_return_if_fail (SEMIO_IS_SEEN_BOX (self));
  item = semio_rating_controller_get_selected_item (self->controller);
  if (item != NULL && item->n_segments > 0)
    segment = MAX (semio_rating_controller_get_segment (self->controller), 0);
  if (item == NULL || !gtk_toggle_button_get_active (self->button))
    {
      forget (self);
      semio_seen_strip_set_pictures (self->strip, NULL, NULL);
      show_all (self);
      return;
    }
  if (!self->has_shown || !semio_item_key_equal (&self->shown, &item->key) || self->shown_segment != segment)
    {
      forget (self);
      semio_seen_strip_set_pictures (self->strip, NULL, NULL);
      self->shown = item->key;
      self->shown_segment = segment;
      self->has_shown = TRUE;
      self->delay_id = g_timeout_add (DELAY_MS, delay_cb, self);
    }
  show_all (self);
}

static void
toggled_cb (SemioSeenBox *self)
{
  gboolean is_open = gtk_toggle_button_get_active (self->button);

  self->is_opening = is_open;
  gtk_widget_set_visible (self->content, is_open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
  semio_seen_box_refresh (self);
}

static void
seek_cb (SemioSeenBox *self, gint64 time_ns)
{
  g_signal_emit (self, signals[SIGNAL_SEEK], 0, time_ns);
}

static void
play_cb (SemioSeenBox *self)
{
  SemioSpan span;

  if (self->seen == NULL)
    return;
  span = self->seen->media != NULL && self->seen->media->wav != NULL ? self->seen->media->sound_span : self->seen->span;
  g_signal_emit (self, signals[SIGNAL_PLAY], 0, span.begin_ns, span.end_ns);
}

static void
semio_seen_box_dispose (GObject *object)
{
  SemioSeenBox *self = SEMIO_SEEN_BOX (object);

  forget (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->controller);
  G_OBJECT_CLASS (semio_seen_box_parent_class)->dispose (object);
}

static void
semio_seen_box_class_init (SemioSeenBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_seen_box_dispose;
  signals[SIGNAL_SEEK] = g_signal_new ("seek", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_PLAY] =
      g_signal_new ("play", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (SEMIO_TYPE_SEEN_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-seen-box.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, box);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, button);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, content);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, wait);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, state_label);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, strip);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, sound_row);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, sound_label);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, play_button);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, limit_label);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, question_label);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, also_label);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, instructions_expander);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, instructions_label);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, reply_expander);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, reply_label);
  gtk_widget_class_bind_template_child (widget_class, SemioSeenBox, origin_label);
}

static void
semio_seen_box_init (SemioSeenBox *self)
{
  self->shown_segment = SEMIO_SEGMENT_WHOLE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "seek", G_CALLBACK (seek_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->play_button, "clicked", G_CALLBACK (play_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
semio_seen_box_new (SemioRatingController *controller)
{
  SemioSeenBox *self = g_object_new (SEMIO_TYPE_SEEN_BOX, NULL);

  self->controller = g_object_ref (controller);
  return GTK_WIDGET (self);
}

void
semio_seen_box_toggle (SemioSeenBox *self)
{
  g_return_if_fail (SEMIO_IS_SEEN_BOX (self));
  self->takes_focus = !gtk_toggle_button_get_active (self->button);
  gtk_toggle_button_set_active (self->button, self->takes_focus);
}

void
semio_seen_box_set_time (SemioSeenBox *self, gint64 time_ns)
{
  g_return_if_fail (SEMIO_IS_SEEN_BOX (self));
  self->time_ns = time_ns;
  if (self->seen != NULL)
    semio_seen_strip_set_time (self->strip, time_ns);
}

gboolean
semio_seen_box_move (SemioSeenBox *self, int direction)
{
  g_return_val_if_fail (SEMIO_IS_SEEN_BOX (self), FALSE);
  return self->seen != NULL && semio_seen_strip_move (self->strip, direction);
}
