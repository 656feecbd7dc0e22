/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-player-controls.h"

#include <glib/gi18n-lib.h>

#include "semio-span.h"
#include "semio-tooltip.h"

struct _SemioPlayerControls {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkButton *play_button;
  GtkLabel *time_label;
  GtkLabel *frame_label;
  GtkMenuButton *speed_button;
  GtkMenuButton *picture_button;
  GtkMenuButton *volume_button;
  GtkAdjustment *volume_adjustment;

  SemioPlayer *player;
  gint64 frame; /* what is shown, -1 nothing */
  gint64 time_ns;
  gint64 n_frames;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (SemioPlayerControls, semio_player_controls, GTK_TYPE_WIDGET)

static void
set_name (gpointer widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_sound (SemioPlayerControls *self)
{
  const char *icon = "audio-volume-high-symbolic";
  const char *what = _ ("Volume; mute (M)");
  double volume = self->player != NULL ? semio_player_get_volume (self->player) : 1;

  if (self->player == NULL || semio_player_get_state (self->player) < SEMIO_PLAYER_PAUSED)
    what = _ ("Volume; mute (M)");
  else if (!semio_player_get_has_sound (self->player))
    {
      icon = "audio-volume-muted-symbolic";
      what = _ ("This recording has no sound");
    }
  else if (!semio_player_get_sound_output (self->player))
    {
      icon = "audio-volume-muted-symbolic";
      what = _ ("No sound device: played silently");
    }
  else if (semio_player_get_muted (self->player))
    {
      icon = "audio-volume-muted-symbolic";
      what = _ ("Muted; sound on (M)");
    }
  else if (volume < 0.01)
    icon = "audio-volume-muted-symbolic";
  else if (volume < 0.5)
    icon = "audio-volume-low-symbolic";
  gtk_menu_button_set_icon_name (self->volume_button, icon);
  semio_tooltip_set (GTK_WIDGET (self->volume_button), what);
  set_name (self->volume_button, what);
  if (ABS (gtk_adjustment_get_value (self->volume_adjustment) - volume) > 0.001)
    gtk_adjustment_set_value (self->volume_adjustment, volume);
}

static void
update_state (SemioPlayerControls *self)
{
  gboolean playing = self->player != NULL && semio_player_get_state (self->player) == SEMIO_PLAYER_PLAYING;

  gtk_button_set_icon_name (self->play_button, playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  semio_tooltip_set (GTK_WIDGET (self->play_button), playing ? _ ("Pause (Space)") : _ ("Play (Space)"));
  set_name (self->play_button, playing ? _ ("Pause") : _ ("Play"));
  update_sound (self);
}

static void
update_speed (SemioPlayerControls *self)
{
  g_autofree char *speed = semio_player_controls_format_speed (self->player != NULL ? semio_player_get_speed (self->player) : 1);
  /* TRANSLATORS: for assistive technology; "%s" is "0.5×" */
  g_autofree char *name = g_strdup_printf (_ ("Speed %s"), speed);

  gtk_menu_button_set_label (self->speed_button, speed);
  set_name (self->speed_button, name);
}

static void
volume_changed_cb (SemioPlayerControls *self)
{
  double volume = gtk_adjustment_get_value (self->volume_adjustment);

  if (self->player != NULL && ABS (semio_player_get_volume (self->player) - volume) > 0.001)
    semio_player_set_volume (self->player, volume);
}

static void
semio_player_controls_dispose (GObject *object)
{
  SemioPlayerControls *self = SEMIO_PLAYER_CONTROLS (object);

  semio_player_controls_set_player (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (semio_player_controls_parent_class)->dispose (object);
}

static void
semio_player_controls_class_init (SemioPlayerControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_player_controls_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-player-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioPlayerControls, box);
  gtk_widget_class_bind_template_child (widget_class, SemioPlayerControls, play_button);
  gtk_widget_class_bind_template_child (widget_class, SemioPlayerControls, time_label);
  gtk_widget_class_bind_template_child (widget_class, SemioPlayerControls, frame_label);
  gtk_widget_class_bind_template_child (widget_class, SemioPlayerControls, speed_button);
  gtk_widget_class_bind_template_child (widget_class, SemioPlayerControls, picture_button);
  gtk_widget_class_bind_template_child (widget_class, SemioPlayerControls, volume_button);
  gtk_widget_class_bind_template_child (widget_class, SemioPlayerControls, volume_adjustment);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
semio_player_controls_init (SemioPlayerControls *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_name (self, _ ("Player"));
  g_signal_connect_object (self->volume_adjustment, "value-changed", G_CALLBACK (volume_changed_cb), self, G_CONNECT_SWAPPED);
  semio_player_controls_set_frame (self, -1, 0, 0);
  update_state (self);
  update_speed (self);
}

GtkWidget *
semio_player_controls_new (void)
{
  return g_object_new (SEMIO_TYPE_PLAYER_CONTROLS, NULL);
}

void
semio_player_controls_set_player (SemioPlayerControls *self, SemioPlayer *player)
{
  if (self->player == player)
    return;
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  if (player == NULL)
    return;
  g_signal_connect_object (player, "notify::state", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::speed", G_CALLBACK (update_speed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::volume", G_CALLBACK (update_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::muted", G_CALLBACK (update_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::has-sound", G_CALLBACK (update_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::sound-output", G_CALLBACK (update_sound), self, G_CONNECT_SWAPPED);
  update_state (self);
  update_speed (self);
  update_sound (self);
}

void
semio_player_controls_set_frame (SemioPlayerControls *self, gint64 frame, gint64 time_ns, gint64 n_frames)
{
  g_autofree char *time = NULL;
  g_autofree char *frame_text = NULL;
  g_autofree char *count_text = NULL;
  g_autofree char *text = NULL;

  self->frame = frame;
  self->time_ns = time_ns;
  self->n_frames = n_frames;
  if (frame < 0)
    {
      gtk_label_set_text (self->time_label, "–:––.–––");
      gtk_label_set_text (self->frame_label, self->narrow ? "–" : _ ("no frame"));
      return;
    }
  time = semio_time_format (time_ns, 3);
  gtk_label_set_text (self->time_label, time);
  frame_text = g_strdup_printf ("%" G_GINT64_FORMAT, frame);
  count_text = g_strdup_printf ("%" G_GINT64_FORMAT, n_frames);
  /* TRANSLATORS: number of the frame that is shown, and how many there are */
  text = self->narrow ? g_strdup (frame_text) : g_strdup_printf (_ ("frame %s / %s"), frame_text, count_text);
  gtk_label_set_text (self->frame_label, text);
}

void
semio_player_controls_set_narrow (SemioPlayerControls *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  /* What stands still must fit at once: no other frame may come. */
  semio_player_controls_set_frame (self, self->frame, self->time_ns, self->n_frames);
}

void
semio_player_controls_set_picture_popover (SemioPlayerControls *self, GtkWidget *popover)
{
  gtk_menu_button_set_popover (self->picture_button, popover);
  gtk_widget_set_visible (GTK_WIDGET (self->picture_button), popover != NULL);
}

void
semio_player_controls_open_picture (SemioPlayerControls *self)
{
  gtk_menu_button_popup (self->picture_button);
}

/**
 * semio_player_controls_format_speed:
 * @speed: how fast it plays, 1 is life
 *
 * Returns: (transfer full): the speed for people, with the decimals it needs
 */
char *
semio_player_controls_format_speed (double speed)
{
  int hundredths = (int) (speed * 100 + 0.5);

  if (hundredths % 100 == 0)
    return g_strdup_printf ("%d×", hundredths / 100);
  if (hundredths % 10 == 0)
    return g_strdup_printf ("%d.%d×", hundredths / 100, hundredths / 10 % 10);
  return g_strdup_printf ("%d.%02d×", hundredths / 100, hundredths % 100);
}
