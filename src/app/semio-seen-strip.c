/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-seen-strip.h"

#include <glib/gi18n-lib.h>

#include "semio-span.h"

/* As high as a picture is drawn, and as it is decoded: sharp on a screen of twice the density. */
#define PICTURE_PX 66
#define DECODED_PX (2 * PICTURE_PX)
/* A place for a picture that is on its way or cannot be had. */
#define EMPTY_WIDTH_PX 88

struct _SemioSeenStrip {
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *box;
  GArray *times; /* (nullable) of gint64 */
  GCancellable *decoding; /* (nullable) */
  int current; /* the one at the playhead, -1 none */
};

G_DEFINE_FINAL_TYPE (SemioSeenStrip, semio_seen_strip, GTK_TYPE_WIDGET)

enum { SIGNAL_SEEK, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
decode_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  SemioSegmentMedia *media = task_data;
  g_autoptr (GPtrArray) textures = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < media->frames->len; i++)
    {
      const SemioSentFrame *frame = &g_array_index (media->frames, SemioSentFrame, i);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (frame->jpeg);
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream_at_scale (stream, -1, DECODED_PX, TRUE, cancellable, &error);

      if (pixbuf == NULL)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      g_ptr_array_add (textures, gdk_texture_new_for_pixbuf (pixbuf));
    }
  g_task_return_pointer (task, g_steal_pointer (&textures), (GDestroyNotify) g_ptr_array_unref);
}

static GtkWidget *
get_cell (SemioSeenStrip *self, int index)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  for (int i = 0; child != NULL && i < index; i++)
    child = gtk_widget_get_next_sibling (child);
  return index >= 0 ? child : NULL;
}

/* What is missing stays a place with its time: the strip is told to be there, and that is true of what was sent. */
static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SemioSeenStrip *self = SEMIO_SEEN_STRIP (source);
  g_autoptr (GPtrArray) textures = g_task_propagate_pointer (G_TASK (result), NULL);
  GtkWidget *child = self->box != NULL ? gtk_widget_get_first_child (GTK_WIDGET (self->box)) : NULL;

  if (textures == NULL)
    return;
  for (guint i = 0; i < textures->len && child != NULL; i++, child = gtk_widget_get_next_sibling (child))
    {
      GtkPicture *picture = g_object_get_data (G_OBJECT (child), "picture");
      GdkTexture *texture = textures->pdata[i];

      gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
      gtk_widget_set_size_request (GTK_WIDGET (picture),
                                   PICTURE_PX * gdk_texture_get_width (texture) / MAX (gdk_texture_get_height (texture), 1),
                                   PICTURE_PX);
    }
}

static void
clicked_cb (SemioSeenStrip *self, GtkWidget *cell)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "index"));

  if (self->times != NULL && index < self->times->len)
    g_signal_emit (self, signals[SIGNAL_SEEK], 0, g_array_index (self->times, gint64, index));
}

static char *
name_cell (GArray *times, SemioSegmentMedia *media, guint index)
{
  g_autofree char *time = semio_time_format (g_array_index (times, gint64, index), 3);

  if (media == NULL || index >= media->frames->len)
    /* TRANSLATORS: "Picture 3 of 60, 0:01.000" */
    return g_strdup_printf (_ ("Picture %u of %u, %s"), index + 1, times->len, time);
  /* TRANSLATORS: "Picture 3 of 60, 0:01.000, frame 25" */
  return g_strdup_printf (_ ("Picture %u of %u, %s, frame %" G_GINT64_FORMAT), index + 1, times->len, time,
                          g_array_index (media->frames, SemioSentFrame, index).frame);
}

static GtkWidget *
build_cell (SemioSeenStrip *self, SemioSegmentMedia *media, guint index)
{
  GtkWidget *cell = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *picture = gtk_picture_new ();
  g_autofree char *time = semio_time_format (g_array_index (self->times, gint64, index), 1);
  g_autofree char *name = name_cell (self->times, media, index);
  GtkWidget *label = gtk_label_new (time);

  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_set_size_request (picture, EMPTY_WIDTH_PX, media != NULL ? PICTURE_PX : 8);
  gtk_widget_set_visible (picture, media != NULL);
  gtk_widget_add_css_class (label, "seen-time");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (cell), box);
  gtk_widget_add_css_class (cell, "seen-cell");
  gtk_widget_set_focus_on_click (cell, FALSE);
  gtk_widget_set_focusable (cell, index == 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (cell), "picture", picture);
  g_object_set_data (G_OBJECT (cell), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (cell, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return cell;
}

static int
find_focused (SemioSeenStrip *self)
{
  int index = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL;
       child = gtk_widget_get_next_sibling (child), index++)
    if (gtk_widget_is_focus (child))
      return index;
  return -1;
}

/* One cell alone is reached by Tab: a strip of sixty would stand in everybody's way. */
static gboolean
focus_cell (SemioSeenStrip *self, int index)
{
  GtkWidget *wanted = get_cell (self, index);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (wanted == NULL)
    return FALSE;
  gtk_widget_set_focusable (wanted, TRUE);
  if (!gtk_widget_grab_focus (wanted))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != wanted)
      gtk_widget_set_focusable (child, FALSE);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
  return TRUE;
}

static gboolean
key_cb (SemioSeenStrip *self, guint keyval)
{
  if (self->times == NULL || find_focused (self) < 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Home)
    return focus_cell (self, 0);
  if (keyval == GDK_KEY_End)
    return focus_cell (self, (int) self->times->len - 1);
  return GDK_EVENT_PROPAGATE;
}

static void
semio_seen_strip_dispose (GObject *object)
{
  SemioSeenStrip *self = SEMIO_SEEN_STRIP (object);

  g_cancellable_cancel (self->decoding);
  g_clear_object (&self->decoding);
  self->box = NULL;
  if (self->scroller != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->scroller));
  self->scroller = NULL;
  g_clear_pointer (&self->times, g_array_unref);
  G_OBJECT_CLASS (semio_seen_strip_parent_class)->dispose (object);
}

static void
semio_seen_strip_class_init (SemioSeenStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_seen_strip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_SEEK] =
      g_signal_new ("seek", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
semio_seen_strip_init (SemioSeenStrip *self)
{
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->current = -1;
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4));
  /* The bar lies over the strip and must not lie on the times. */
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 10);
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), TRUE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (self->box));
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (self->scroller, viewport);
  gtk_widget_set_focusable (GTK_WIDGET (self->scroller), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->scroller), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pictures that were sent"), -1);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
semio_seen_strip_new (void)
{
  return g_object_new (SEMIO_TYPE_SEEN_STRIP, NULL);
}

void
semio_seen_strip_set_pictures (SemioSeenStrip *self, GArray *times, SemioSegmentMedia *media)
{
  GtkWidget *child = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SEMIO_IS_SEEN_STRIP (self));
  g_cancellable_cancel (self->decoding);
  g_clear_object (&self->decoding);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_clear_pointer (&self->times, g_array_unref);
  self->current = -1;
  if (times == NULL)
    return;
  self->times = g_array_ref (times);
  for (guint i = 0; i < times->len; i++)
    gtk_box_append (self->box, build_cell (self, media, i));
  if (media == NULL)
    return;
  self->decoding = g_cancellable_new ();
  task = g_task_new (self, self->decoding, decoded_cb, NULL);
  g_task_set_task_data (task, semio_segment_media_ref (media), (GDestroyNotify) semio_segment_media_unref);
  g_task_run_in_thread (task, decode_thread);
}

void
semio_seen_strip_set_time (SemioSeenStrip *self, gint64 time_ns)
{
  int index = -1;
  GtkWidget *cell = NULL;

  g_return_if_fail (SEMIO_IS_SEEN_STRIP (self));
  for (guint i = 0; self->times != NULL && i < self->times->len && g_array_index (self->times, gint64, i) <= time_ns; i++)
    index = (int) i;
  if (index == self->current)
    return;
  cell = get_cell (self, self->current);
  if (cell != NULL)
    {
      gtk_widget_remove_css_class (cell, "current");
      gtk_accessible_update_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
    }
  self->current = index;
  cell = get_cell (self, index);
  if (cell == NULL)
    return;
  gtk_widget_add_css_class (cell, "current");
  gtk_accessible_update_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE, -1);
  if (find_focused (self) < 0)
    {
      graphene_rect_t bounds;

      if (gtk_widget_compute_bounds (cell, GTK_WIDGET (self->box), &bounds))
        gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (self->scroller), bounds.origin.x,
                                   bounds.origin.x + bounds.size.width);
    }
}

gboolean
semio_seen_strip_move (SemioSeenStrip *self, int direction)
{
  int index = find_focused (self);

  g_return_val_if_fail (SEMIO_IS_SEEN_STRIP (self), FALSE);
  if (index < 0)
    return FALSE;
  focus_cell (self, index + direction);
  return TRUE;
}

gboolean
semio_seen_strip_take_focus (SemioSeenStrip *self)
{
  g_return_val_if_fail (SEMIO_IS_SEEN_STRIP (self), FALSE);
  return focus_cell (self, MAX (self->current, 0));
}
