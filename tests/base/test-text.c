/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-text.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "semio-error.h"

static void
assert_clean (const char *text, gssize length, gsize max_chars, const char *expected)
{
  g_autofree char *clean = semio_text_clean (text, length, max_chars);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_clean (void)
{
  assert_clean (NULL, -1, 10, "");
  assert_clean ("plain\ttext\n", -1, G_MAXSIZE, "plain\ttext\n");
  assert_clean ("a\0b", 3, G_MAXSIZE, "ab");
  assert_clean ("bad \xff\xfe byte", -1, G_MAXSIZE, "bad \xef\xbf\xbd\xef\xbf\xbd byte");
  assert_clean ("cut \xe2\x82", -1, G_MAXSIZE, "cut \xef\xbf\xbd\xef\xbf\xbd");
  assert_clean ("one\r\ntwo\rthree", -1, G_MAXSIZE, "one\ntwo\nthree");
  assert_clean ("bell\a esc\x1b[31m del\x7f c1\xc2\x85", -1, G_MAXSIZE, "bell esc[31m del c1");
  /* U+202E, U+2066, U+2069, U+200B, U+FEFF, U+E0041 */
  assert_clean ("a\xe2\x80\xae"
                "b\xe2\x81\xa6"
                "c\xe2\x81\xa9"
                "d\xe2\x80\x8b"
                "e\xef\xbb\xbf"
                "f\xf3\xa0\x81\x81"
                "g",
                -1, G_MAXSIZE, "abcdefg");
  assert_clean ("a\xe2\x80\xa8"
                "b",
                -1, G_MAXSIZE, "a\nb");
  assert_clean ("Öhrchen", -1, 3, "Öhr…");
  assert_clean ("Öhr", -1, 3, "Öhr");
  assert_clean ("<b>not markup</b>", -1, G_MAXSIZE, "<b>not markup</b>");
}

static void
assert_stem (const char *name, const char *expected)
{
  g_autofree char *stem = semio_text_stem (name);

  g_assert_cmpstr (stem, ==, expected);
}

static void
test_stem (void)
{
  assert_stem ("A0002@5-13-2021@UA6693LK@sz_v1.mp4", "a0002@5-13-2021@ua6693lk@sz_v1");
  assert_stem ("a0002@5-13-2021@ua6693lk@SZ_V1.M2T", "a0002@5-13-2021@ua6693lk@sz_v1");
  assert_stem (" /home/x/Clip.WAV ", "clip");
  assert_stem ("D:\\videos\\Clip.avi", "clip");
  assert_stem ("seizure 1.2", "seizure 1.2");
  assert_stem (".hidden", ".hidden");
  assert_stem ("no extension", "no extension");
  assert_stem ("long.notanextension", "long.notanextension");
  /* Decomposed and composed forms, and Ä in both cases, are one name. */
  assert_stem ("A\xcc\x88rztin.mp4", "ärztin");
  assert_stem ("ÄRZTIN.mp4", "ärztin");
  assert_stem ("\xff.mp4", "\xef\xbf\xbd");
}

static void
assert_number (double value, const char *expected)
{
  g_autofree char *text = semio_text_from_double (value);
  double read = 0;

  g_assert_cmpstr (text, ==, expected);
  g_assert_true (semio_text_to_double (text, &read, NULL));
  g_assert_true (read == value);
}

static void
test_numbers (void)
{
  double value;
  gint64 integer;

  assert_number (0, "0");
  assert_number (-3, "-3");
  assert_number (0.1, "0.1");
  assert_number (1.0 / 3, "0.3333333333333333");
  assert_number (0.1 + 0.2, "0.30000000000000004");
  assert_number (1e300, "1e+300");
  assert_number (12345.678, "12345.678");
  g_assert_false (semio_text_to_double ("0,5", &value, NULL));
  g_assert_false (semio_text_to_double ("", &value, NULL));
  g_assert_false (semio_text_to_double (" 1", &value, NULL));
  g_assert_false (semio_text_to_double ("0x10", &value, NULL));
  g_assert_false (semio_text_to_double ("inf", &value, NULL));
  g_assert_false (semio_text_to_double ("nan", &value, NULL));
  g_assert_false (semio_text_to_double ("1e999", &value, NULL));
  g_assert_false (semio_text_to_double ("1-2", &value, NULL));
  g_assert_true (semio_text_to_int64 ("-42", &integer, NULL));
  g_assert_cmpint (integer, ==, -42);
  g_assert_false (semio_text_to_int64 ("9223372036854775808", &integer, NULL));
  g_assert_false (semio_text_to_int64 ("4.0", &integer, NULL));
}

/* Random numbers read back as themselves, and their text has no comma whatever the locale. */
static void
test_numbers_round_trip (void)
{
  for (int i = 0; i < 5000; i++)
    {
      double value = g_test_rand_double_range (-1, 1) * pow (10, g_test_rand_int_range (-30, 30));
      g_autofree char *text = semio_text_from_double (value);
      double read = 0;

      g_assert_true (semio_text_to_double (text, &read, NULL));
      g_assert_true (read == value);
      g_assert_null (strchr (text, ','));
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/clean", test_clean);
  g_test_add_func ("/base/text/stem", test_stem);
  g_test_add_func ("/base/text/numbers", test_numbers);
  g_test_add_func ("/base/text/numbers-round-trip", test_numbers_round_trip);
  return g_test_run ();
}
