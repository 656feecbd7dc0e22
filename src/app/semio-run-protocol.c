/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-protocol.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Pictures a second are kept as a fraction; a person sets them to a tenth. */
#define RATE_PARTS 10

typedef enum {
  VALUE_RATE,
  VALUE_SEGMENT,
  VALUE_STEP,
  VALUE_FRAMES,
  VALUE_HEIGHT,
  VALUE_QUALITY,
  VALUE_TEMPERATURE,
  VALUE_SEED,
  VALUE_TOKENS,
  VALUE_TOKENS_AGAIN,
  N_VALUES,
} Value;

typedef struct {
  const char *title;
  double lowest, highest, step;
  guint digits;
} ValueInfo;

static const ValueInfo infos[N_VALUES] = {
  [VALUE_RATE] = { N_ ("Pictures a second"), 0.1, 30, 0.5, 1 },
  [VALUE_SEGMENT] = { N_ ("Length of a segment, in seconds"), 1, 3600, 1, 1 },
  [VALUE_STEP] = { N_ ("Each segment starts after the last by, in seconds"), 1, 3600, 1, 1 },
  [VALUE_FRAMES] = { N_ ("Most pictures of a segment"), 1, 1000, 1, 0 },
  [VALUE_HEIGHT] = { N_ ("Largest height of a picture, in pixels; 0 as recorded"), 0, 4320, 8, 0 },
  [VALUE_QUALITY] = { N_ ("Quality of the pictures, of 100"), 1, 100, 1, 0 },
  [VALUE_TEMPERATURE] = { N_ ("Temperature"), 0, 2, 0.1, 2 },
  [VALUE_SEED] = { N_ ("Seed; −1 sends none"), -1, G_MAXINT32, 1, 0 },
  [VALUE_TOKENS] = { N_ ("Longest answer, in tokens"), 1, 131072, 16, 0 },
  [VALUE_TOKENS_AGAIN] = { N_ ("Asked once more when it was cut, in tokens"), 1, 131072, 16, 0 },
};

struct _SemioRunProtocol {
  AdwExpanderRow parent_instance;

  GtkWidget *rows[N_VALUES];
  GtkSpinButton *spins[N_VALUES];
  AdwComboRow *sound_row;
  GtkWidget *pictures_row, *schema_row;
  GtkSwitch *pictures_switch;
  GtkSwitch *schema_switch;
};

G_DEFINE_FINAL_TYPE (SemioRunProtocol, semio_run_protocol, ADW_TYPE_EXPANDER_ROW)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
tell_changed (SemioRunProtocol *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static double
get_value (const SemioRunConfig *config, Value value)
{
  switch (value)
    {
    case VALUE_RATE:
      return config->rate_den > 0 ? (double) config->rate_num / config->rate_den : 0;
    case VALUE_SEGMENT:
      return (double) config->segment_ns / SEMIO_NS_PER_SECOND;
    case VALUE_STEP:
      return (double) config->step_ns / SEMIO_NS_PER_SECOND;
    case VALUE_FRAMES:
      return config->max_frames;
    case VALUE_HEIGHT:
      return config->height_px;
    case VALUE_QUALITY:
      return config->quality;
    case VALUE_TEMPERATURE:
      return config->temperature;
    case VALUE_SEED:
      return (double) config->seed;
    case VALUE_TOKENS:
      return config->max_tokens;
    case VALUE_TOKENS_AGAIN:
    case N_VALUES:
    default:
      return config->max_tokens_again;
    }
}

static void
set_rate (SemioRunConfig *config, double rate)
{
  guint parts = (guint) lround (rate * RATE_PARTS);
  guint a = parts;
  guint b = RATE_PARTS;

  while (b != 0)
    {
      guint rest = a % b;

      a = b;
      b = rest;
    }
  config->rate_num = parts / MAX (a, 1u);
  config->rate_den = RATE_PARTS / MAX (a, 1u);
}

static void
set_value (SemioRunConfig *config, Value value, double number)
{
  switch (value)
    {
    case VALUE_RATE:
      set_rate (config, number);
      break;
    case VALUE_SEGMENT:
      config->segment_ns = llround (number * SEMIO_NS_PER_SECOND);
      break;
    case VALUE_STEP:
      config->step_ns = llround (number * SEMIO_NS_PER_SECOND);
      break;
    case VALUE_FRAMES:
      config->max_frames = (guint) number;
      break;
    case VALUE_HEIGHT:
      config->height_px = (guint) number;
      break;
    case VALUE_QUALITY:
      config->quality = (guint) number;
      break;
    case VALUE_TEMPERATURE:
      config->temperature = number;
      break;
    case VALUE_SEED:
      config->seed = llround (number);
      break;
    case VALUE_TOKENS:
      config->max_tokens = (guint) number;
      break;
    case VALUE_TOKENS_AGAIN:
    case N_VALUES:
    default:
      config->max_tokens_again = (guint) number;
      break;
    }
}

static GtkWidget *
add_row (SemioRunProtocol *self, const char *title, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return row;
}

static void
semio_run_protocol_class_init (SemioRunProtocolClass *klass)
{
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", SEMIO_TYPE_RUN_PROTOCOL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
semio_run_protocol_init (SemioRunProtocol *self)
{
  g_autoptr (GtkStringList) scopes = gtk_string_list_new (NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Protocol"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 _ ("As published; every value can be changed and is kept with the run"));
  for (guint i = 0; i < N_VALUES; i++)
    {
      GtkWidget *spin = gtk_spin_button_new_with_range (infos[i].lowest, infos[i].highest, infos[i].step);

      gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), infos[i].digits);
      g_signal_connect_object (spin, "value-changed", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
      self->spins[i] = GTK_SPIN_BUTTON (spin);
      self->rows[i] = add_row (self, _ (infos[i].title), spin);
    }
  gtk_string_list_append (scopes, _ ("None"));
  gtk_string_list_append (scopes, _ ("Of the segment"));
  gtk_string_list_append (scopes, _ ("Of the whole recording"));
  self->sound_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sound_row), _ ("Sound with what is judged by ear"));
  adw_combo_row_set_model (self->sound_row, G_LIST_MODEL (scopes));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->sound_row));
  self->pictures_switch = GTK_SWITCH (gtk_switch_new ());
  self->pictures_row = add_row (self, _ ("Pictures with what is judged by ear"), GTK_WIDGET (self->pictures_switch));
  self->schema_switch = GTK_SWITCH (gtk_switch_new ());
  self->schema_row = add_row (self, _ ("Hold the server to the form of the answer"), GTK_WIDGET (self->schema_switch));
  g_signal_connect_object (self->sound_row, "notify::selected", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pictures_switch, "notify::active", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->schema_switch, "notify::active", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
}

GtkWidget *
semio_run_protocol_new (void)
{
  return g_object_new (SEMIO_TYPE_RUN_PROTOCOL, NULL);
}

static void
tell_default (GtkWidget *row, const char *value)
{
  /* TRANSLATORS: the value that the publication used. */
  g_autofree char *text = g_strdup_printf (_ ("As published: %s"), value);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

void
semio_run_protocol_show (SemioRunProtocol *self, const SemioRunConfig *config, const SemioRunConfig *defaults)
{
  for (guint i = 0; i < N_VALUES; i++)
    {
      g_autofree char *value = g_strdup_printf ("%.*f", (int) infos[i].digits, get_value (defaults, (Value) i));

      gtk_spin_button_set_value (self->spins[i], get_value (config, (Value) i));
      tell_default (self->rows[i], value);
    }
  adw_combo_row_set_selected (self->sound_row, config->sound);
  tell_default (GTK_WIDGET (self->sound_row),
                gtk_string_list_get_string (GTK_STRING_LIST (adw_combo_row_get_model (self->sound_row)), defaults->sound));
  gtk_switch_set_active (self->pictures_switch, config->frames_with_sound);
  tell_default (self->pictures_row, defaults->frames_with_sound ? _ ("on") : _ ("off"));
  gtk_switch_set_active (self->schema_switch, config->use_schema);
  tell_default (self->schema_row, defaults->use_schema ? _ ("on") : _ ("off"));
}

void
semio_run_protocol_apply (SemioRunProtocol *self, SemioRunConfig *config)
{
  for (guint i = 0; i < N_VALUES; i++)
    {
      /* A number that was typed counts before Enter, too. */
      gtk_spin_button_update (self->spins[i]);
      /* What stands as it was is left alone: a fraction read from a file may be finer than the control. */
      if (fabs (get_value (config, (Value) i) - gtk_spin_button_get_value (self->spins[i])) >= 0.005)
        set_value (config, (Value) i, gtk_spin_button_get_value (self->spins[i]));
    }
  config->sound = (SemioSoundScope) adw_combo_row_get_selected (self->sound_row);
  config->frames_with_sound = gtk_switch_get_active (self->pictures_switch);
  config->use_schema = gtk_switch_get_active (self->schema_switch);
}
