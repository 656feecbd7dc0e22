/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-case-row.h"

#include <glib/gi18n-lib.h>

#include "semio-tooltip.h"

struct _SemioCaseRow {
  AdwBin parent_instance;

  GtkPicture *poster;
  GtkLabel *title;
  GtkLabel *event;
  GtkLabel *missing;
  GtkButton *locate;
  GtkLabel *length;
  GtkLabel *picture;
  GtkImage *sound;
  GtkImage *warnings;
  GtkLabel *runs;
  GtkLabel *progress;
  GtkProgressBar *bar;
  GtkWidget *more;

  SemioCase *item;
  SemioStudy *study;
  SemioPosterCache *posters;
};

G_DEFINE_FINAL_TYPE (SemioCaseRow, semio_case_row, ADW_TYPE_BIN)

enum { SIGNAL_MENU, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
show_image (GtkImage *image, const char *text)
{
  /* The place is kept, so that the columns of all rows stand in line. */
  gtk_widget_set_opacity (GTK_WIDGET (image), text != NULL ? 1 : 0);
  semio_tooltip_set (GTK_WIDGET (image), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
}

static char *
describe_event (const SemioEvent *event)
{
  g_autofree char *onset = NULL;
  g_autofree char *offset = NULL;

  if (event == NULL || event->onset_ns == SEMIO_TIME_NONE)
    return g_strdup (_ ("Event time not known"));
  onset = semio_time_format (event->onset_ns, 0);
  /* TRANSLATORS: the times at which a seizure begins and ends. */
  if (event->offset_ns == SEMIO_TIME_NONE)
    return g_strdup_printf (_ ("Event from %s"), onset);
  offset = semio_time_format (event->offset_ns, 0);
  return g_strdup_printf (_ ("Event %s – %s"), onset, offset);
}

static char *
describe_picture (const SemioRecording *recording)
{
  g_autofree char *rate = NULL;
  gint64 tenths = (gint64) (recording->rate * 10 + 0.5);

  if (recording->width_px <= 0)
    return g_strdup ("");
  if (recording->rate <= 0)
    return g_strdup_printf ("%d × %d", recording->width_px, recording->height_px);
  if (tenths % 10 == 0)
    rate = g_strdup_printf ("%" G_GINT64_FORMAT, tenths / 10);
  else
    rate = g_strdup_printf ("%.1f", recording->rate);
  /* TRANSLATORS: width × height in pixels · frames a second. */
  return g_strdup_printf (_ ("%d × %d · %s fps"), recording->width_px, recording->height_px, rate);
}

static void
refresh_media (SemioCaseRow *self, const SemioRecording *recording)
{
  gboolean found = semio_case_get_media_found (self->item);
  gboolean looking = recording->has_media && semio_study_is_finding_media (self->study);
  gboolean missing = !found && !looking;

  gtk_label_set_text (self->missing, recording->has_media ? _ ("Video not found") : _ ("No video yet"));
  gtk_widget_set_visible (GTK_WIDGET (self->missing), missing);
  gtk_button_set_label (self->locate, recording->has_media ? _ ("Locate…") : _ ("Add…"));
  semio_tooltip_set (GTK_WIDGET (self->locate), recording->has_media
                                                    ? _ ("Look for the missing videos of this study in a folder")
                                                    : _ ("Add videos; one of the same name joins this recording"));
  gtk_widget_set_visible (GTK_WIDGET (self->locate), missing);
  gtk_widget_set_visible (GTK_WIDGET (self->event), !missing);
}

static void
refresh_warnings (SemioCaseRow *self, const SemioRecording *recording)
{
  const char *sound = NULL;
  SemioWarnings of_sound = SEMIO_WARNING_NO_SOUND | SEMIO_WARNING_SILENT;
  g_autoptr (GString) text = g_string_new (NULL);

  if (recording->sound == SEMIO_SOUND_NONE)
    sound = semio_warning_get_label (SEMIO_WARNING_NO_SOUND);
  else if (recording->sound == SEMIO_SOUND_SILENT)
    sound = semio_warning_get_label (SEMIO_WARNING_SILENT);
  show_image (self->sound, sound);
  for (guint flag = 1; flag <= SEMIO_WARNING_INTERLACED; flag <<= 1)
    {
      if ((recording->warnings & ~of_sound & flag) == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, semio_warning_get_label (flag));
    }
  show_image (self->warnings, text->len > 0 ? text->str : NULL);
}

static void
refresh_runs (SemioCaseRow *self)
{
  GPtrArray *runs = semio_study_get_runs (self->study);
  guint n_runs = runs != NULL ? runs->len : 0;
  guint n_whole = 0;
  guint n_partly = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_runs; i++)
    {
      double share = semio_case_get_coverage (self->item, i);

      if (share >= 1)
        n_whole++;
      else if (share > 0)
        n_partly++;
    }
  if (n_runs == 0 || n_whole + n_partly == 0)
    text = g_strdup (_ ("No answers"));
  else if (n_partly > 0)
    /* TRANSLATORS: of how many runs this recording has answers; some only for part of the features. */
    text = g_strdup_printf (ngettext ("%u of %u run, partly", "%u of %u runs, partly", n_runs), n_whole + n_partly, n_runs);
  else
    text = g_strdup_printf (ngettext ("%u of %u run", "%u of %u runs", n_runs), n_whole, n_runs);
  gtk_label_set_text (self->runs, text);
}

static void
refresh_progress (SemioCaseRow *self)
{
  guint n_items = semio_case_get_n_items (self->item);
  guint n_rated = MIN (semio_case_get_n_rated (self->item), n_items);
  gboolean judged = semio_case_get_done (self->item) || (n_items > 0 && n_rated == n_items);
  g_autofree char *text = NULL;

  if (n_items == 0)
    text = g_strdup (_ ("Nothing to rate"));
  else if (judged)
    /* TRANSLATORS: every explanation of a case is judged, or the person closed the case. */
    text = g_strdup_printf (_ ("✓ %u of %u rated"), n_rated, n_items);
  else
    text = g_strdup_printf (_ ("%u of %u rated"), n_rated, n_items);
  gtk_label_set_text (self->progress, text);
  gtk_progress_bar_set_fraction (self->bar, n_items > 0 ? (double) n_rated / n_items : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), n_items > 0);
  if (judged)
    gtk_widget_add_css_class (GTK_WIDGET (self->bar), "done");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->bar), "done");
}

/* The row takes the focus, not what is in it: it says which case it is and how far. */
static void
name_row (SemioCaseRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = NULL;

  if (row == NULL)
    return;
  name = g_strdup_printf ("%s, %s", gtk_label_get_text (self->title), gtk_label_get_text (self->progress));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
refresh (SemioCaseRow *self)
{
  const SemioRecording *recording = semio_case_get_recording (self->item);
  g_autofree char *when = describe_event (semio_case_get_event (self->item));
  g_autofree char *event = recording->mirrored ? g_strdup_printf ("%s · %s", when, _ ("mirrored")) : g_strdup (when);
  g_autofree char *picture = describe_picture (recording);
  g_autofree char *length = recording->duration_ns > 0 ? semio_time_format (recording->duration_ns, 0) : g_strdup ("–");
  g_autofree char *more = g_strdup_printf (_ ("More about %s"), semio_case_get_title (self->item));

  gtk_label_set_text (self->title, semio_case_get_title (self->item));
  gtk_label_set_text (self->event, event);
  gtk_label_set_text (self->picture, picture);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), *picture != '\0');
  gtk_label_set_text (self->length, length);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
  refresh_media (self, recording);
  refresh_warnings (self, recording);
  refresh_runs (self);
  refresh_progress (self);
  name_row (self);
}

static void
refresh_poster (SemioCaseRow *self)
{
  GdkTexture *texture = semio_poster_cache_get (self->posters, semio_case_get_id (self->item));

  gtk_picture_set_paintable (self->poster, texture != NULL ? GDK_PAINTABLE (texture) : NULL);
}

static void
poster_ready_cb (SemioCaseRow *self, gint64 recording_id)
{
  if (self->item != NULL && semio_case_get_id (self->item) == recording_id)
    refresh_poster (self);
}

static void
locate_clicked_cb (SemioCaseRow *self)
{
  gboolean has_media = self->item != NULL && semio_case_get_recording (self->item)->has_media;

  gtk_widget_activate_action (GTK_WIDGET (self), has_media ? "win.locate" : "win.add-recordings", NULL);
}

static void
more_clicked_cb (SemioCaseRow *self)
{
  double x_px = 0;
  double y_px = 0;

  gtk_widget_translate_coordinates (self->more, GTK_WIDGET (self), gtk_widget_get_width (self->more) / 2.0,
                                    gtk_widget_get_height (self->more), &x_px, &y_px);
  g_signal_emit (self, signals[SIGNAL_MENU], 0, x_px, y_px);
}

static void
secondary_pressed_cb (SemioCaseRow *self, int n_press, double x_px, double y_px, GtkGestureClick *gesture)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[SIGNAL_MENU], 0, x_px, y_px);
}

static void
semio_case_row_dispose (GObject *object)
{
  semio_case_row_unbind (SEMIO_CASE_ROW (object));
  G_OBJECT_CLASS (semio_case_row_parent_class)->dispose (object);
}

static void
semio_case_row_class_init (SemioCaseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_case_row_dispose;
  signals[SIGNAL_MENU] = g_signal_new ("menu", SEMIO_TYPE_CASE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                       G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-case-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, poster);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, title);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, event);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, missing);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, locate);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, length);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, picture);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, sound);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, warnings);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, runs);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, progress);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, bar);
  gtk_widget_class_bind_template_child (widget_class, SemioCaseRow, more);
  gtk_widget_class_bind_template_callback (widget_class, locate_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_pressed_cb);
}

static void
semio_case_row_init (SemioCaseRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
semio_case_row_new (void)
{
  return g_object_new (SEMIO_TYPE_CASE_ROW, NULL);
}

void
semio_case_row_bind (SemioCaseRow *self, SemioCase *item, SemioStudy *study, SemioPosterCache *posters)
{
  g_return_if_fail (SEMIO_IS_CASE_ROW (self));
  semio_case_row_unbind (self);
  self->item = g_object_ref (item);
  self->study = g_object_ref (study);
  self->posters = g_object_ref (posters);
  g_signal_connect_object (item, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (posters, "ready", G_CALLBACK (poster_ready_cb), self, G_CONNECT_SWAPPED);
  refresh (self);
  refresh_poster (self);
}

void
semio_case_row_unbind (SemioCaseRow *self)
{
  g_return_if_fail (SEMIO_IS_CASE_ROW (self));
  if (self->item == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->item, self);
  g_signal_handlers_disconnect_by_data (self->posters, self);
  g_clear_object (&self->item);
  g_clear_object (&self->study);
  g_clear_object (&self->posters);
}

SemioCase *
semio_case_row_get_case (SemioCaseRow *self)
{
  g_return_val_if_fail (SEMIO_IS_CASE_ROW (self), NULL);
  return self->item;
}
