/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-video-message.h"

#define SPACING_PX 12
#define MARGIN_PX 24
#define MAX_CHARS 60

struct _SemioVideoMessage {
  GtkWidget parent_instance;
  GtkWidget *title, *description, *action;
};

G_DEFINE_FINAL_TYPE (SemioVideoMessage, semio_video_message, GTK_TYPE_WIDGET)

static void
semio_video_message_dispose (GObject *object)
{
  SemioVideoMessage *self = SEMIO_VIDEO_MESSAGE (object);

  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->description, gtk_widget_unparent);
  g_clear_pointer (&self->action, gtk_widget_unparent);

  G_OBJECT_CLASS (semio_video_message_parent_class)->dispose (object);
}

static void
semio_video_message_class_init (SemioVideoMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_video_message_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
new_label (double scale, PangoWeight weight, guint16 grey)
{
  GtkWidget *label = gtk_label_new (NULL);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

  pango_attr_list_insert (attrs, pango_attr_scale_new (scale));
  pango_attr_list_insert (attrs, pango_attr_weight_new (weight));
  pango_attr_list_insert (attrs, pango_attr_foreground_new (grey, grey, grey));
  gtk_label_set_attributes (GTK_LABEL (label), attrs);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  return label;
}

static void
semio_video_message_init (SemioVideoMessage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (widget);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING_PX);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (widget, MARGIN_PX);
  gtk_widget_set_margin_end (widget, MARGIN_PX);
  gtk_widget_set_visible (widget, FALSE);

  self->title = new_label (1.4, PANGO_WEIGHT_BOLD, 0xffff);
  self->description = new_label (1.0, PANGO_WEIGHT_NORMAL, 0xcccc);
  gtk_widget_set_parent (self->title, widget);
  gtk_widget_set_parent (self->description, widget);
}

/**
 * semio_video_message_new:
 *
 * Returns: (transfer floating): a message without text, not visible
 */
GtkWidget *
semio_video_message_new (void)
{
  return g_object_new (SEMIO_TYPE_VIDEO_MESSAGE, NULL);
}

/**
 * semio_video_message_set_text:
 * @self: a message
 * @title: (nullable): one short line, NULL for no message
 * @description: (nullable): why, and what to do
 */
void
semio_video_message_set_text (SemioVideoMessage *self, const char *title, const char *description)
{
  gtk_label_set_text (GTK_LABEL (self->title), title != NULL ? title : "");
  gtk_label_set_text (GTK_LABEL (self->description), description != NULL ? description : "");
  gtk_widget_set_visible (self->description, description != NULL && *description != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self), title != NULL);
}

/**
 * semio_video_message_get_title:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): the title, NULL when there is no message
 */
const char *
semio_video_message_get_title (SemioVideoMessage *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return NULL;
  return gtk_label_get_text (GTK_LABEL (self->title));
}

/**
 * semio_video_message_set_action:
 * @self: a message
 * @action: (nullable): a widget to stand under the text
 */
void
semio_video_message_set_action (SemioVideoMessage *self, GtkWidget *action)
{
  if (self->action == action)
    return;
  g_clear_pointer (&self->action, gtk_widget_unparent);
  self->action = action;
  if (action == NULL)
    return;
  gtk_widget_set_halign (action, GTK_ALIGN_CENTER);
  gtk_widget_insert_after (action, GTK_WIDGET (self), self->description);
}
