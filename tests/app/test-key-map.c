/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-key-map.h"

static void
assert_key (guint keyval, guint keycode, int level, GdkModifierType state, const char *action, const char *target)
{
  const SemioKeyBinding *binding = semio_key_map_find (keyval, keycode, level, state);

  g_assert_nonnull (binding);
  g_assert_cmpstr (binding->action, ==, action);
  g_assert_cmpstr (binding->target, ==, target);
}

static void
test_table (void)
{
  assert_key (GDK_KEY_space, 65, 0, 0, "play", NULL);
  assert_key (GDK_KEY_k, 45, 0, 0, "play", NULL);
  assert_key (GDK_KEY_comma, 59, 0, 0, "step", "-1");
  assert_key (GDK_KEY_period, 60, 0, 0, "step", "1");
  assert_key (GDK_KEY_Left, 113, 0, 0, "jump", "-1");
  assert_key (GDK_KEY_Right, 114, 0, GDK_SHIFT_MASK, "jump", "5");
  assert_key (GDK_KEY_Right, 114, 0, GDK_ALT_MASK, "cited", "1");
  assert_key (GDK_KEY_Up, 111, 0, 0, "feature", "-1");
  assert_key (GDK_KEY_less, 59, 1, GDK_SHIFT_MASK, "change-speed", "-1");
  assert_key (GDK_KEY_less, 94, 0, 0, "change-speed", "-1");
  assert_key (GDK_KEY_BackSpace, 22, 0, 0, "change-speed", "0");
  assert_key (GDK_KEY_l, 46, 0, 0, "shuttle", "1");
  assert_key (GDK_KEY_l, 46, 0, GDK_CONTROL_MASK, "loop", NULL);
  assert_key (GDK_KEY_x, 53, 0, 0, "cannot-judge", NULL);
  assert_key (GDK_KEY_s, 39, 0, 0, "supports", NULL);
  assert_key (GDK_KEY_C, 54, 1, GDK_LOCK_MASK, "comment", NULL);
  assert_key (GDK_KEY_e, 26, 0, 0, "marks", NULL);
  assert_key (GDK_KEY_f, 41, 0, 0, "framing", "'face'");
  assert_key (GDK_KEY_Return, 36, 0, 0, "next", NULL);
  assert_key (GDK_KEY_Return, 36, 0, GDK_CONTROL_MASK, "case-done", NULL);
  assert_key (GDK_KEY_z, 52, 0, GDK_CONTROL_MASK, "undo", NULL);
  assert_key (GDK_KEY_Z, 52, 1, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "redo", NULL);
  assert_key (GDK_KEY_question, 61, 1, GDK_SHIFT_MASK, "keys", NULL);
  g_assert_null (semio_key_map_find (GDK_KEY_c, 54, 0, GDK_CONTROL_MASK));
  g_assert_null (semio_key_map_find (GDK_KEY_Tab, 23, 0, 0));
}

static void
test_digits (void)
{
  /* us, de: the digit itself; fr: another character on the same key. */
  assert_key (GDK_KEY_3, 12, 0, 0, "rate", "3");
  assert_key (GDK_KEY_quotedbl, 12, 0, 0, "rate", "3");
  assert_key (GDK_KEY_3, 12, 1, GDK_SHIFT_MASK, "rate-stay", "3");
  assert_key (GDK_KEY_numbersign, 12, 1, GDK_SHIFT_MASK, "rate-stay", "3");
  assert_key (GDK_KEY_agrave, 19, 0, 0, "clear", NULL);
  assert_key (GDK_KEY_KP_4, 83, 0, 0, "rate", "4");
  assert_key (GDK_KEY_KP_Left, 83, 0, 0, "rate", "4");
  assert_key (GDK_KEY_KP_Insert, 90, 0, 0, "clear", NULL);
  /* fr: AltGr+5 types "[", which chooses the run before. */
  assert_key (GDK_KEY_bracketleft, 14, 2, 0, "run", "-1");
  g_assert_null (semio_key_map_find (GDK_KEY_6, 15, 0, 0));
  g_assert_null (semio_key_map_find (GDK_KEY_3, 12, 0, GDK_CONTROL_MASK));
}

/* The picture's keys take nothing from rating: Ctrl tells the zoom from the digits and from the timeline's own + and −. */
static void
test_picture (void)
{
  assert_key (GDK_KEY_plus, 35, 0, GDK_CONTROL_MASK, "zoom", "1"); /* de */
  assert_key (GDK_KEY_equal, 21, 0, GDK_CONTROL_MASK, "zoom", "1"); /* us, without Shift */
  assert_key (GDK_KEY_plus, 21, 1, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "zoom", "1");
  assert_key (GDK_KEY_minus, 20, 0, GDK_CONTROL_MASK, "zoom", "-1");
  assert_key (GDK_KEY_0, 19, 0, GDK_CONTROL_MASK, "zoom", "0");
  assert_key (GDK_KEY_agrave, 19, 0, GDK_CONTROL_MASK, "zoom", "0"); /* fr */
  assert_key (GDK_KEY_KP_0, 90, 0, GDK_CONTROL_MASK, "zoom", "0");
  g_assert_null (semio_key_map_find (GDK_KEY_plus, 35, 0, 0));
  g_assert_null (semio_key_map_find (GDK_KEY_minus, 20, 0, 0));
  g_assert_null (semio_key_map_find (GDK_KEY_z, 52, 0, 0));
  assert_key (GDK_KEY_Up, 111, 0, GDK_CONTROL_MASK, "pan", "(0, 1)");
  assert_key (GDK_KEY_g, 42, 0, 0, "magnify", NULL);
  assert_key (GDK_KEY_d, 40, 0, 0, "picture", NULL);
  assert_key (GDK_KEY_D, 40, 1, GDK_SHIFT_MASK, "reset-picture", NULL);
  assert_key (GDK_KEY_r, 27, 0, 0, "rotate", NULL);
  assert_key (GDK_KEY_n, 57, 0, 0, "deinterlace", NULL);
  assert_key (GDK_KEY_r, 27, 0, GDK_CONTROL_MASK, "reveal-reference", NULL);
  assert_key (GDK_KEY_R, 27, 1, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "report", NULL);
  assert_key (GDK_KEY_p, 33, 0, 0, "play-segment", NULL);
  assert_key (GDK_KEY_a, 38, 0, 0, "play-around", NULL);
  assert_key (GDK_KEY_t, 28, 0, 0, "copy-time", NULL);
  assert_key (GDK_KEY_s, 39, 0, GDK_CONTROL_MASK, "save-frame", NULL);
  assert_key (GDK_KEY_s, 39, 0, 0, "supports", NULL);
  assert_key (GDK_KEY_v, 55, 0, 0, "compare", NULL);
}

static void
test_holding (void)
{
  g_assert_true (semio_key_map_find (GDK_KEY_comma, 59, 0, 0)->repeats);
  g_assert_false (semio_key_map_find (GDK_KEY_3, 12, 0, 0)->repeats);
  g_assert_true (semio_key_map_find (GDK_KEY_space, 65, 0, 0)->yields);
  g_assert_true (semio_key_map_find (GDK_KEY_Return, 36, 0, 0)->yields);
  g_assert_false (semio_key_map_find (GDK_KEY_k, 45, 0, 0)->yields);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-map/table", test_table);
  g_test_add_func ("/key-map/digits", test_digits);
  g_test_add_func ("/key-map/picture", test_picture);
  g_test_add_func ("/key-map/holding", test_holding);
  return g_test_run ();
}
