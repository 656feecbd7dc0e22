/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-bookmark-popover.h"

#include <glib/gi18n-lib.h>

#include "semio-span.h"

#define MAX_NAME_CHARS 200
#define NAME_CHARS 28

struct _SemioBookmarkPopover {
  GtkPopover parent_instance;
  GtkWidget *title, *entry, *remove;
};

enum {
  SIGNAL_EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioBookmarkPopover, semio_bookmark_popover, GTK_TYPE_POPOVER)

static void
keep_cb (SemioBookmarkPopover *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, text);
}

static void
remove_cb (SemioBookmarkPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, NULL);
}

static void
semio_bookmark_popover_class_init (SemioBookmarkPopoverClass *klass)
{
  signals[SIGNAL_EDITED] =
      g_signal_new ("edited", SEMIO_TYPE_BOOKMARK_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
semio_bookmark_popover_init (SemioBookmarkPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *keep = gtk_button_new_with_mnemonic (_ ("_Keep"));

  self->title = gtk_label_new (NULL);
  self->entry = gtk_entry_new ();
  self->remove = gtk_button_new_with_mnemonic (_ ("_Remove"));
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), MAX_NAME_CHARS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("Name, or nothing"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), NAME_CHARS);
  gtk_widget_set_hexpand (keep, TRUE);
  gtk_widget_set_halign (keep, GTK_ALIGN_END);
  gtk_widget_add_css_class (keep, "suggested-action");
  gtk_box_append (GTK_BOX (row), self->remove);
  gtk_box_append (GTK_BOX (row), keep);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), row);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name of the bookmark"), -1);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (keep_cb), self);
  g_signal_connect_swapped (keep, "clicked", G_CALLBACK (keep_cb), self);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
}

GtkWidget *
semio_bookmark_popover_new (void)
{
  return g_object_new (SEMIO_TYPE_BOOKMARK_POPOVER, NULL);
}

/**
 * semio_bookmark_popover_open:
 * @self: a popover
 * @at: where it points to, in its parent's coordinates
 * @time_ns: of the frame that is marked
 * @name: (nullable): what the bookmark there is called; NULL when there is none yet
 */
void
semio_bookmark_popover_open (SemioBookmarkPopover *self, const GdkRectangle *at, gint64 time_ns, const char *name)
{
  g_autofree char *time = semio_time_format (time_ns, 3);
  /* Translators: the time of a frame. */
  g_autofree char *title = g_strdup_printf (name != NULL ? _ ("Bookmark at %s") : _ ("New bookmark at %s"), time);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name != NULL ? name : "");
  gtk_widget_set_visible (self->remove, name != NULL);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), at);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->entry);
}
