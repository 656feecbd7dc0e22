/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-person-button.h"

#include <glib/gi18n-lib.h>

/* Longer texts are cut where the header is narrow. */
#define WHOLE_CHARS 28

struct _SemioPersonButton {
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  SemioStudy *study;
};

G_DEFINE_FINAL_TYPE (SemioPersonButton, semio_person_button, ADW_TYPE_BIN)

static char *
describe_person (const SemioPerson *person)
{
  /* TRANSLATORS: a person without a name (redacted), then the role. */
  return g_strdup_printf ("%s · %s", person->name != NULL ? person->name : _ ("Nameless"), semio_role_get_label (person->role));
}

static GMenuModel *
create_menu (SemioPersonButton *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) persons = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();
  GPtrArray *list = semio_study_get_persons (self->study);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const SemioPerson *person = g_ptr_array_index (list, i);
      g_autofree char *text = describe_person (person);
      g_autoptr (GMenuItem) item = g_menu_item_new (text, NULL);
      char uuid[SEMIO_UUID_TEXT];

      semio_uuid_format (&person->uuid, uuid);
      g_menu_item_set_action_and_target (item, "win.person", "s", uuid);
      g_menu_append_item (persons, item);
    }
  g_menu_append (more, _ ("_Add a Person…"), "win.add-person");
  g_menu_append_section (menu, _ ("Who rates"), G_MENU_MODEL (persons));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  return G_MENU_MODEL (menu);
}

static void
refresh (SemioPersonButton *self)
{
  g_autoptr (GMenuModel) menu = create_menu (self);
  const SemioPerson *person = semio_study_get_person (self->study);
  g_autofree char *text = person != NULL ? describe_person (person) : g_strdup (_ ("Choose who rates"));
  /* TRANSLATORS: read by assistive technology; %s is a person and a role. */
  g_autofree char *accessible = person != NULL ? g_strdup_printf (_ ("Rating as %s"), text) : g_strdup (text);

  gtk_menu_button_set_menu_model (self->button, menu);
  gtk_label_set_text (self->label, text);
  /* The title in the middle would take the room first; usual names stay whole. */
  gtk_label_set_width_chars (self->label, MIN ((int) g_utf8_strlen (text, -1), WHOLE_CHARS) * 9 / 10);
  gtk_label_set_ellipsize (self->label, g_utf8_strlen (text, -1) > WHOLE_CHARS ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
}

static void
semio_person_button_dispose (GObject *object)
{
  SemioPersonButton *self = SEMIO_PERSON_BUTTON (object);

  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_clear_object (&self->study);
  G_OBJECT_CLASS (semio_person_button_parent_class)->dispose (object);
}

static void
semio_person_button_class_init (SemioPersonButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_person_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-person-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioPersonButton, button);
  gtk_widget_class_bind_template_child (widget_class, SemioPersonButton, label);
}

static void
semio_person_button_init (SemioPersonButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
semio_person_button_set_study (SemioPersonButton *self, SemioStudy *study)
{
  g_return_if_fail (SEMIO_IS_PERSON_BUTTON (self));
  if (self->study == study)
    return;
  if (self->study != NULL)
    g_signal_handlers_disconnect_by_data (self->study, self);
  g_set_object (&self->study, study);
  if (study == NULL)
    return;
  g_signal_connect_object (study, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (study, "notify::person", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}
