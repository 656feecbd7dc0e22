/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-key-map.h"

/* Only these are told apart; Caps Lock and Num Lock change nothing. */
#define MODIFIERS (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)
/* Characters that another layout may have on either level, and letters that follow Shift and a digit before Shift is up:
 * their Shift says nothing. */
#define ANY_SHIFT (1u << 31)

typedef struct {
  guint keyval; /* lower case */
  guint modifiers;
  SemioKeyBinding binding;
} KeyRow;

typedef struct {
  guint modifiers;
  SemioKeyBinding binding;
} DigitRow;

static const KeyRow keys[] = {
  { GDK_KEY_space, 0, { "play", NULL, FALSE, TRUE } },
  { GDK_KEY_k, 0, { "play", NULL, FALSE, FALSE } },
  { GDK_KEY_comma, ANY_SHIFT, { "step", "-1", TRUE, FALSE } },
  { GDK_KEY_period, ANY_SHIFT, { "step", "1", TRUE, FALSE } },
  { GDK_KEY_Left, 0, { "jump", "-1", TRUE, FALSE } },
  { GDK_KEY_Right, 0, { "jump", "1", TRUE, FALSE } },
  { GDK_KEY_Left, GDK_SHIFT_MASK, { "jump", "-5", TRUE, FALSE } },
  { GDK_KEY_Right, GDK_SHIFT_MASK, { "jump", "5", TRUE, FALSE } },
  { GDK_KEY_j, 0, { "shuttle", "-1", FALSE, FALSE } },
  { GDK_KEY_l, 0, { "shuttle", "1", FALSE, FALSE } },
  { GDK_KEY_less, ANY_SHIFT, { "change-speed", "-1", FALSE, FALSE } },
  { GDK_KEY_greater, ANY_SHIFT, { "change-speed", "1", FALSE, FALSE } },
  { GDK_KEY_BackSpace, 0, { "change-speed", "0", FALSE, FALSE } },
  { GDK_KEY_i, 0, { "mark-in", NULL, FALSE, FALSE } },
  { GDK_KEY_o, 0, { "mark-out", NULL, FALSE, FALSE } },
  { GDK_KEY_l, GDK_CONTROL_MASK, { "loop", NULL, FALSE, FALSE } },
  { GDK_KEY_b, GDK_CONTROL_MASK, { "bookmark", NULL, FALSE, FALSE } },
  { GDK_KEY_Page_Up, GDK_ALT_MASK, { "go-bookmark", "-1", FALSE, FALSE } },
  { GDK_KEY_Page_Down, GDK_ALT_MASK, { "go-bookmark", "1", FALSE, FALSE } },
  { GDK_KEY_KP_Page_Up, GDK_ALT_MASK, { "go-bookmark", "-1", FALSE, FALSE } },
  { GDK_KEY_KP_Page_Down, GDK_ALT_MASK, { "go-bookmark", "1", FALSE, FALSE } },
  { GDK_KEY_Left, GDK_ALT_MASK, { "cited", "-1", FALSE, FALSE } },
  { GDK_KEY_Right, GDK_ALT_MASK, { "cited", "1", FALSE, FALSE } },
  { GDK_KEY_Up, 0, { "feature", "-1", TRUE, FALSE } },
  { GDK_KEY_Down, 0, { "feature", "1", TRUE, FALSE } },
  { GDK_KEY_bracketleft, ANY_SHIFT, { "run", "-1", FALSE, FALSE } },
  { GDK_KEY_bracketright, ANY_SHIFT, { "run", "1", FALSE, FALSE } },
  { GDK_KEY_x, ANY_SHIFT, { "cannot-judge", NULL, FALSE, FALSE } },
  { GDK_KEY_s, ANY_SHIFT, { "supports", NULL, FALSE, FALSE } },
  { GDK_KEY_c, ANY_SHIFT, { "comment", NULL, FALSE, FALSE } },
  { GDK_KEY_e, ANY_SHIFT, { "marks", NULL, FALSE, FALSE } },
  { GDK_KEY_h, ANY_SHIFT, { "history", NULL, FALSE, FALSE } },
  { GDK_KEY_y, 0, { "seen", NULL, FALSE, FALSE } },
  { GDK_KEY_f, 0, { "framing", "'face'", FALSE, FALSE } },
  { GDK_KEY_b, 0, { "framing", "'body'", FALSE, FALSE } },
  { GDK_KEY_w, 0, { "framing", "'whole'", FALSE, FALSE } },
  { GDK_KEY_p, 0, { "play-segment", NULL, FALSE, FALSE } },
  { GDK_KEY_a, 0, { "play-around", NULL, FALSE, FALSE } },
  { GDK_KEY_plus, GDK_CONTROL_MASK, { "zoom", "1", TRUE, FALSE } },
  { GDK_KEY_plus, GDK_CONTROL_MASK | GDK_SHIFT_MASK, { "zoom", "1", TRUE, FALSE } },
  { GDK_KEY_equal, GDK_CONTROL_MASK, { "zoom", "1", TRUE, FALSE } },
  { GDK_KEY_KP_Add, GDK_CONTROL_MASK, { "zoom", "1", TRUE, FALSE } },
  { GDK_KEY_minus, GDK_CONTROL_MASK, { "zoom", "-1", TRUE, FALSE } },
  { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, { "zoom", "-1", TRUE, FALSE } },
  { GDK_KEY_Left, GDK_CONTROL_MASK, { "pan", "(1, 0)", TRUE, FALSE } },
  { GDK_KEY_Right, GDK_CONTROL_MASK, { "pan", "(-1, 0)", TRUE, FALSE } },
  { GDK_KEY_Up, GDK_CONTROL_MASK, { "pan", "(0, 1)", TRUE, FALSE } },
  { GDK_KEY_Down, GDK_CONTROL_MASK, { "pan", "(0, -1)", TRUE, FALSE } },
  { GDK_KEY_g, 0, { "magnify", NULL, FALSE, FALSE } },
  { GDK_KEY_r, 0, { "rotate", NULL, FALSE, FALSE } },
  { GDK_KEY_n, 0, { "deinterlace", NULL, FALSE, FALSE } },
  { GDK_KEY_d, 0, { "picture", NULL, FALSE, FALSE } },
  { GDK_KEY_d, GDK_SHIFT_MASK, { "reset-picture", NULL, FALSE, FALSE } },
  { GDK_KEY_t, 0, { "copy-time", NULL, FALSE, FALSE } },
  { GDK_KEY_s, GDK_CONTROL_MASK, { "save-frame", NULL, FALSE, FALSE } },
  { GDK_KEY_k, GDK_CONTROL_MASK, { "quick-copy", NULL, FALSE, FALSE } },
  { GDK_KEY_v, 0, { "compare", NULL, FALSE, FALSE } },
  { GDK_KEY_m, 0, { "mute", NULL, FALSE, FALSE } },
  { GDK_KEY_F11, 0, { "full-screen", NULL, FALSE, FALSE } },
  { GDK_KEY_Return, 0, { "next", NULL, FALSE, TRUE } },
  { GDK_KEY_KP_Enter, 0, { "next", NULL, FALSE, TRUE } },
  { GDK_KEY_Return, GDK_CONTROL_MASK, { "case-done", NULL, FALSE, FALSE } },
  { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, { "case-done", NULL, FALSE, FALSE } },
  { GDK_KEY_r, GDK_CONTROL_MASK, { "reveal-reference", NULL, FALSE, FALSE } },
  { GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK, { "report", NULL, FALSE, FALSE } },
  { GDK_KEY_m, GDK_CONTROL_MASK, { "reveal-runs", NULL, FALSE, FALSE } },
  { GDK_KEY_z, GDK_CONTROL_MASK, { "undo", NULL, FALSE, FALSE } },
  { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, { "redo", NULL, FALSE, FALSE } },
  { GDK_KEY_question, ANY_SHIFT, { "keys", NULL, FALSE, FALSE } },
};

static const DigitRow digits[][2] = {
  { { 0, { "clear", NULL, FALSE, FALSE } }, { GDK_CONTROL_MASK, { "zoom", "0", FALSE, FALSE } } },
  { { 0, { "rate", "1", FALSE, FALSE } }, { GDK_SHIFT_MASK, { "rate-stay", "1", FALSE, FALSE } } },
  { { 0, { "rate", "2", FALSE, FALSE } }, { GDK_SHIFT_MASK, { "rate-stay", "2", FALSE, FALSE } } },
  { { 0, { "rate", "3", FALSE, FALSE } }, { GDK_SHIFT_MASK, { "rate-stay", "3", FALSE, FALSE } } },
  { { 0, { "rate", "4", FALSE, FALSE } }, { GDK_SHIFT_MASK, { "rate-stay", "4", FALSE, FALSE } } },
  { { 0, { "rate", "5", FALSE, FALSE } }, { GDK_SHIFT_MASK, { "rate-stay", "5", FALSE, FALSE } } },
};

/**
 * semio_key_map_get_digit:
 * @keycode: the hardware's number of a key, as X and Wayland give it
 *
 * By position, so that it is the same key whatever the layout types there (French types "&" on the 1), and the keypad
 * whether Num Lock is on or not.
 *
 * Returns: 0 to 9, or -1
 */
int
semio_key_map_get_digit (guint keycode)
{
  static const guint keypad[] = { 90, 87, 88, 89, 83, 84, 85, 79, 80, 81 };

  if (keycode >= 10 && keycode <= 19)
    return (int) (keycode - 9) % 10;
  for (int i = 0; i < (int) G_N_ELEMENTS (keypad); i++)
    if (keypad[i] == keycode)
      return i;
  return -1;
}

const SemioKeyBinding *
semio_key_map_find (guint keyval, guint keycode, int level, GdkModifierType state)
{
  guint modifiers = state & MODIFIERS;
  int digit = level < 2 ? semio_key_map_get_digit (keycode) : -1;

  if (digit >= 0 && digit < (int) G_N_ELEMENTS (digits))
    for (int i = 0; i < 2; i++)
      if (digits[digit][i].modifiers == modifiers)
        return &digits[digit][i].binding;

  keyval = gdk_keyval_to_lower (keyval);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      guint wanted = keys[i].modifiers;

      if (keys[i].keyval != keyval)
        continue;
      if (wanted == modifiers || (wanted == ANY_SHIFT && (modifiers & ~GDK_SHIFT_MASK) == 0))
        return &keys[i].binding;
    }
  return NULL;
}
