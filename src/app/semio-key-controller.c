/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-key-controller.h"

#include "semio-timing.h"

struct _SemioKeyController {
  GObject parent_instance;

  GtkWindow *window; /* weak: its controllers go with it */
  GtkEventController *keys;
  guint held_keycode; /* the key that is down: its repeats are told from presses */
};

G_DEFINE_FINAL_TYPE (SemioKeyController, semio_key_controller, G_TYPE_OBJECT)

enum { SIGNAL_ACTION, SIGNAL_KEY, SIGNAL_TOUCHED, SIGNAL_RELEASED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* A layout without Latin letters has them in another of the keyboard's groups: that one tells which key was meant. */
static guint
find_latin_keyval (GdkDisplay *display, guint keyval, guint keycode)
{
  g_autofree guint *keyvals = NULL;
  int n_entries = 0;

  if (keyval < 0x100 || keyval >= 0xfe00 || !gdk_display_map_keycode (display, keycode, NULL, &keyvals, &n_entries))
    return keyval;
  for (int i = 0; i < n_entries; i++)
    if (keyvals[i] > 0 && keyvals[i] < 0x100)
      return keyvals[i];
  return keyval;
}

static gboolean
wants_activation (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus != NULL && gtk_window_get_focus_visible (window) && !GTK_IS_LABEL (focus) && !GTK_IS_SCROLLED_WINDOW (focus);
}

static gboolean
send_action (SemioKeyController *self, const SemioKeyBinding *binding, gboolean is_repeat)
{
  /* A held step goes at the rate of the screen, not at that of the keyboard. */
  const char *action = is_repeat && g_str_equal (binding->action, "step") ? "hold-step" : binding->action;
  g_autoptr (GVariant) target = NULL;
  gboolean handled = FALSE;

  if (binding->target != NULL)
    target = g_variant_ref_sink (g_variant_new_parsed (binding->target));
  g_signal_emit (self, signals[SIGNAL_ACTION], 0, action, target, &handled);
  return handled;
}

static gboolean
key_pressed_cb (SemioKeyController *self, guint keyval, guint keycode, GdkModifierType state, GtkEventControllerKey *keys)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (keys));
  const SemioKeyBinding *binding = NULL;
  gboolean is_repeat = self->held_keycode == keycode;
  gboolean handled = FALSE;
  int level = 0;

  self->held_keycode = keycode;
  g_signal_emit (self, signals[SIGNAL_TOUCHED], 0);
  if (self->window == NULL || semio_key_controller_is_exempt (gtk_window_get_focus (self->window)))
    return GDK_EVENT_PROPAGATE;

  if (event != NULL && gdk_event_get_event_type (event) == GDK_KEY_PRESS)
    level = (int) gdk_key_event_get_level (event);
  keyval = find_latin_keyval (gtk_widget_get_display (GTK_WIDGET (self->window)), keyval, keycode);
  binding = semio_key_map_find (keyval, keycode, level, state);
  if (binding == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_KEY], 0, keyval, (guint) state, &handled);
      return handled;
    }
  if (binding->yields && wants_activation (self->window))
    return GDK_EVENT_PROPAGATE;
  /* A key held too long must not rate the items that follow. */
  if (is_repeat && !binding->repeats)
    return GDK_EVENT_STOP;
  if (g_str_has_prefix (binding->action, "rate"))
    semio_timing_mark ("rating key");
  return send_action (self, binding, is_repeat);
}

static void
key_released_cb (SemioKeyController *self, guint keyval, guint keycode, GdkModifierType state, GtkEventControllerKey *keys)
{
  if (self->held_keycode == keycode)
    self->held_keycode = 0;
  g_signal_emit (self, signals[SIGNAL_RELEASED], 0);
}

/* The release of a key goes elsewhere when the window loses the keyboard in between. */
static void
is_active_cb (SemioKeyController *self)
{
  self->held_keycode = 0;
  g_signal_emit (self, signals[SIGNAL_RELEASED], 0);
}

static void
semio_key_controller_dispose (GObject *object)
{
  semio_key_controller_set_window (SEMIO_KEY_CONTROLLER (object), NULL);
  G_OBJECT_CLASS (semio_key_controller_parent_class)->dispose (object);
}

static void
semio_key_controller_class_init (SemioKeyControllerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_key_controller_dispose;

  signals[SIGNAL_ACTION] =
      g_signal_new ("action", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                    G_TYPE_BOOLEAN, 2, G_TYPE_STRING, G_TYPE_VARIANT);
  signals[SIGNAL_KEY] = g_signal_new ("key", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                                      NULL, NULL, G_TYPE_BOOLEAN, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_TOUCHED] =
      g_signal_new ("touched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RELEASED] =
      g_signal_new ("released", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
semio_key_controller_init (SemioKeyController *self)
{
}

SemioKeyController *
semio_key_controller_new (void)
{
  return g_object_new (SEMIO_TYPE_KEY_CONTROLLER, NULL);
}

/**
 * semio_key_controller_is_exempt:
 * @focus: (nullable): the widget that has the focus
 *
 * Returns: %TRUE when somebody types or chooses there and keys are not the page's
 */
gboolean
semio_key_controller_is_exempt (GtkWidget *focus)
{
  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      if (GTK_IS_EDITABLE (widget) || GTK_IS_POPOVER (widget))
        return TRUE;
      if (GTK_IS_TEXT_VIEW (widget) && gtk_text_view_get_editable (GTK_TEXT_VIEW (widget)))
        return TRUE;
    }
  return FALSE;
}

void
semio_key_controller_set_window (SemioKeyController *self, GtkWindow *window)
{
  if (self->window == window)
    return;
  if (self->window != NULL)
    {
      gtk_widget_remove_controller (GTK_WIDGET (self->window), self->keys);
      g_signal_handlers_disconnect_by_func (self->window, is_active_cb, self);
      g_object_remove_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
    }
  self->keys = NULL;
  self->held_keycode = 0;
  self->window = window;
  if (window == NULL)
    return;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &self->window);
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "key-released", G_CALLBACK (key_released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), self->keys);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (is_active_cb), self, G_CONNECT_SWAPPED);
}
