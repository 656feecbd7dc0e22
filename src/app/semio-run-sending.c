/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-sending.h"

#include <glib/gi18n-lib.h>

#include "semio-run-words.h"

#define S_PER_MIN 60

struct _SemioRunSending {
  AdwBin parent_instance;

  GPtrArray *checks; /* of GtkCheckButton: one for each need */
  gboolean has_person;
};

G_DEFINE_FINAL_TYPE (SemioRunSending, semio_run_sending, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, SIGNAL_CHOOSE_PERSON, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
changed_cb (SemioRunSending *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
choose_cb (SemioRunSending *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOOSE_PERSON], 0);
}

static GtkWidget *
add_row (AdwPreferencesGroup *group, const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  adw_preferences_group_add (group, row);
  return row;
}

/* Takes the value. */
static void
add_value (AdwPreferencesGroup *group, const char *title, const char *subtitle, char *value)
{
  GtkWidget *row = add_row (group, NULL, title, subtitle);
  GtkWidget *label = gtk_label_new (value);

  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (label, value);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  g_free (value);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  if (description != NULL)
    adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (page, group);
  return group;
}

static void
add_hosts (AdwPreferencesPage *page, const SemioRunConfig *config, const SemioEndpoint *endpoint)
{
  AdwPreferencesGroup *group = add_group (page, _ ("Where It Goes"), NULL);

  for (guint i = 0; endpoint->urls[i] != NULL; i++)
    {
      SemioBaseUrl url = { NULL };

      if (!semio_base_url_parse (endpoint->urls[i], &url, NULL))
        continue;
      if (url.is_loopback)
        add_row (group, "computer-symbolic", url.host,
                 _ ("This machine. A server here may itself pass on what it gets, which this program cannot see: ask whoever set "
                    "it up."));
      else if (url.is_plain)
        add_row (group, "channel-insecure-symbolic", url.host,
                 _ ("Another machine, unencrypted (http): anyone on the way can see and hear what is sent."));
      else
        add_row (group, "network-server-symbolic", url.host, _ ("Another machine, encrypted (https)."));
      semio_base_url_clear (&url);
    }
  add_value (group, _ ("Model"), NULL, g_strdup (config->model));
}

static char *
describe_pictures (const SemioRunConfig *config)
{
  double rate = (double) config->rate_num / MAX (config->rate_den, 1);

  if (config->height_px == 0)
    return g_strdup_printf (_ ("JPEG, as large as recorded, %.3g a second, at most %u with a question"), rate,
                            config->max_frames);
  return g_strdup_printf (_ ("JPEG, at most %u pixels high, %.3g a second, at most %u with a question"), config->height_px, rate,
                          config->max_frames);
}

static char *
describe_length (gint64 length_ns)
{
  gint64 seconds = length_ns / SEMIO_NS_PER_SECOND;

  if (seconds < S_PER_MIN)
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  return g_strdup_printf (_ ("%d min %d s"), (int) (seconds / S_PER_MIN), (int) (seconds % S_PER_MIN));
}

static void
add_left_out (AdwPreferencesGroup *group, const SemioPredictPlan *plan)
{
  g_autofree char *without_video =
      g_strdup_printf (ngettext ("%u recording has no video and is left out", "%u recordings have no video and are left out",
                                 plan->n_without_video),
                       plan->n_without_video);
  g_autofree char *without_sound = g_strdup_printf (
      ngettext ("%u recording has no sound", "%u recordings have no sound", plan->n_without_sound), plan->n_without_sound);

  if (plan->n_without_video > 0)
    add_row (group, "dialog-information-symbolic", without_video, NULL);
  if (plan->n_without_sound > 0)
    add_row (group, "dialog-information-symbolic", without_sound, _ ("What is judged by ear is not asked there."));
}

static void
add_content (AdwPreferencesPage *page, const SemioRunConfig *config, const SemioPredictPlan *plan)
{
  AdwPreferencesGroup *group = add_group (page, _ ("What Is Sent"),
                                          _ ("Faces and voices identify people. No file name, pseudonym or date is sent along."));
  g_autofree char *patients = g_strdup_printf (ngettext ("of %u patient", "of %u patients", plan->n_patients), plan->n_patients);
  g_autofree char *recordings =
      g_strdup_printf (ngettext ("%u recording", "%u recordings", plan->n_recordings), plan->n_recordings);
  g_autofree char *pictures = describe_pictures (config);
  g_autofree char *prompts = g_strdup_printf (_ ("%s, version %u"), semio_prompt_set_get_name (config->prompts),
                                              semio_prompt_set_get_version (config->prompts));

  add_value (group, _ ("Patients"), NULL, g_strdup_printf ("%s %s", recordings, patients));
  add_value (group, _ ("Pictures"), pictures, g_strdup_printf (_ ("about %" G_GINT64_FORMAT), plan->frames));
  if (plan->sound_ns > 0)
    add_value (group, _ ("Sound"), _ ("WAV, 16 kHz, one channel, with the voices in it"), describe_length (plan->sound_ns));
  else
    add_value (group, _ ("Sound"), NULL, g_strdup (_ ("none")));
  if (g_strcmp0 (config->enhancement, SEMIO_ENHANCEMENT_TRANSCRIPT) == 0)
    add_value (group, _ ("Transcript"), _ ("What was said, as text"), g_strdup (_ ("with what is judged by ear")));
  add_value (group, _ ("Questions"), prompts, g_strdup_printf ("%u", plan->n_open));
  {
    g_autofree char *size = g_format_size ((guint64) MAX (plan->upload_bytes, 0));

    add_value (group, _ ("In all"), _ ("Each question carries the pictures and sound that it is about"),
               g_strdup_printf (_ ("about %s"), size));
  }
  add_left_out (group, plan);
}

static void
add_person (SemioRunSending *self, AdwPreferencesGroup *group, const SemioPerson *person)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (person != NULL ? _ ("_Change…") : _ ("_Choose…"));
  GtkWidget *row = add_row (group, "avatar-default-symbolic", person != NULL ? person->name : _ ("Nobody is chosen yet"),
                            _ ("Who agrees, to what, and when is kept in the study."));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Choose who agrees"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_consents (SemioRunSending *self, AdwPreferencesPage *page, const SemioPredictPlan *plan, GPtrArray *needs,
              const SemioPerson *person)
{
  AdwPreferencesGroup *group = add_group (page, _ ("Who Agrees"), NULL);

  add_person (self, group, person);
  for (guint i = 0; i < needs->len; i++)
    {
      const SemioConsentNeed *need = needs->pdata[i];
      GtkWidget *check = gtk_check_button_new ();
      g_autofree char *title = g_strdup_printf (_ ("I agree that this is sent to %s"), need->host);
      g_autofree char *text = semio_consent_need_describe (need, plan);
      GtkWidget *row = add_row (group, NULL, title, text);

      /* As high as its words, so that keys that come to it bring all of them into the window. */
      gtk_widget_set_valign (check, GTK_ALIGN_FILL);
      gtk_widget_set_sensitive (row, person != NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      g_ptr_array_add (self->checks, check);
    }
}

void
semio_run_sending_show (SemioRunSending *self, const SemioRunConfig *config, const SemioEndpoint *endpoint,
                        const SemioPredictPlan *plan, GPtrArray *needs, const SemioPerson *person)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  g_ptr_array_set_size (self->checks, 0);
  self->has_person = person != NULL;
  add_hosts (page, config, endpoint);
  add_content (page, config, plan);
  if (needs->len > 0)
    add_consents (self, page, plan, needs, person);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (page));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
semio_run_sending_is_agreed (SemioRunSending *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (!gtk_check_button_get_active (self->checks->pdata[i]))
      return FALSE;
  return self->checks->len == 0 || self->has_person;
}

static void
semio_run_sending_finalize (GObject *object)
{
  g_ptr_array_unref (SEMIO_RUN_SENDING (object)->checks);
  G_OBJECT_CLASS (semio_run_sending_parent_class)->finalize (object);
}

static void
semio_run_sending_class_init (SemioRunSendingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_run_sending_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", SEMIO_TYPE_RUN_SENDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHOOSE_PERSON] =
      g_signal_new ("choose-person", SEMIO_TYPE_RUN_SENDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
semio_run_sending_init (SemioRunSending *self)
{
  self->checks = g_ptr_array_new ();
}

GtkWidget *
semio_run_sending_new (void)
{
  return g_object_new (SEMIO_TYPE_RUN_SENDING, NULL);
}
