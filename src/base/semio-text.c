/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "semio-error.h"

#define REPLACEMENT 0xfffd
#define MAX_EXTENSION_CHARS 5
/* Integers up to here are exact in a double and print without an exponent. */
#define MAX_PLAIN_INTEGER 1e15

/* What a character becomes in safe text: itself, another, or 0 to leave it out. */
static gunichar
clean_character (gunichar character, gboolean before_newline)
{
  if (character == '\n' || character == '\t')
    return character;
  if (character == '\r')
    return before_newline ? 0 : '\n';
  if (character == 0x2028 || character == 0x2029)
    return '\n';
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
      return 0;
    case G_UNICODE_SURROGATE:
      return REPLACEMENT;
    default:
      return character;
    }
}

/* How many characters from here on are printable ASCII. */
static gsize
count_plain (const char *text, gsize max)
{
  gsize n = 0;

  while (n < max && text[n] >= ' ' && text[n] <= '~')
    n++;
  return n;
}

/* Moves past one character, or one byte that is none; what it becomes, or 0 to leave it out. */
static gunichar
take_character (const char **position, const char *end)
{
  /* To g_utf8_get_char_validated() a NUL may be a character or the end of the text: here it is neither. */
  gunichar character = **position == '\0' ? 0 : g_utf8_get_char_validated (*position, end - *position);
  gboolean bad = character == (gunichar) -1 || character == (gunichar) -2;

  *position += bad || character == 0 ? 1 : g_unichar_to_utf8 (character, NULL);
  return bad ? REPLACEMENT : clean_character (character, *position < end && **position == '\n');
}

/**
 * semio_text_clean:
 * @text: (nullable): bytes from outside
 * @length: how many, or -1 when a NUL ends them
 * @max_chars: most characters to keep, G_MAXSIZE for all
 *
 * Every byte that is not UTF-8 becomes U+FFFD. Line ends of all kinds become a newline. NUL, control and format
 * characters (Unicode Cc and Cf: bidirectional overrides and isolates, zero-width characters, tags) are left out, so
 * that what is shown is what was said.
 *
 * Returns: (transfer full): the safe text, never %NULL
 */
char *
semio_text_clean (const char *text, gssize length, gsize max_chars)
{
  const char *position = text;
  const char *end;
  GString *clean;
  gsize n_chars = 0;

  if (text == NULL)
    return g_strdup ("");
  end = length < 0 ? text + strlen (text) : text + length;
  clean = g_string_sized_new ((gsize) (end - text));
  while (position < end)
    {
      gsize n_plain = count_plain (position, MIN ((gsize) (end - position), max_chars - n_chars));
      gunichar kept;

      /* Most text is plain ASCII, which needs no second look. */
      g_string_append_len (clean, position, (gssize) n_plain);
      position += n_plain;
      n_chars += n_plain;
      if (position == end)
        break;
      kept = take_character (&position, end);
      if (kept == 0)
        continue;
      if (n_chars == max_chars)
        {
          g_string_append (clean, "…");
          break;
        }
      g_string_append_unichar (clean, kept);
      n_chars++;
    }
  return g_string_free (clean, FALSE);
}

/* Where the extension starts (its dot), or NULL: a few letters and digits, at least one of them a letter, after the last
 * dot, so that "seizure 1.2" keeps all of its name. */
static char *
find_extension (char *name)
{
  char *dot = strrchr (name, '.');
  gboolean has_letter = FALSE;
  gsize n;

  if (dot == NULL || dot == name)
    return NULL;
  for (n = 0; dot[1 + n] != '\0'; n++)
    {
      if (!g_ascii_isalnum (dot[1 + n]))
        return NULL;
      has_letter = has_letter || g_ascii_isalpha (dot[1 + n]);
    }
  return n <= MAX_EXTENSION_CHARS && has_letter ? dot : NULL;
}

/**
 * semio_text_stem:
 * @file_name: a file's name, with or without folders and extension
 *
 * Returns: (transfer full): what the name is joined by: without folders (of either system), blanks around it and
 * extension; case folded and NFC
 */
char *
semio_text_stem (const char *file_name)
{
  g_autofree char *valid = NULL;
  g_autofree char *composed = NULL;
  g_autofree char *folded = NULL;
  char *base, *slash, *extension;

  g_return_val_if_fail (file_name != NULL, NULL);

  valid = g_strstrip (g_utf8_make_valid (file_name, -1));
  base = valid;
  if ((slash = strrchr (base, '/')) != NULL)
    base = slash + 1;
  if ((slash = strrchr (base, '\\')) != NULL)
    base = slash + 1;
  extension = find_extension (base);
  if (extension != NULL)
    *extension = '\0';
  composed = g_utf8_normalize (base, -1, G_NORMALIZE_NFC);
  folded = g_utf8_casefold (composed, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}

/**
 * semio_text_from_double:
 * @value: a number
 *
 * Returns: (transfer full): the shortest text that reads back as @value, the same in every locale; without a point for
 * whole numbers below 10¹⁵; "nan", "inf" or "-inf" for what is no number
 */
char *
semio_text_from_double (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  if (isnan (value))
    return g_strdup ("nan");
  if (isinf (value))
    return g_strdup (value > 0 ? "inf" : "-inf");
  if (value == floor (value) && fabs (value) < MAX_PLAIN_INTEGER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) value);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  return g_strdup (text);
}

/* Digits, point, sign and exponent only: g_ascii_strtod() would also take blanks, hexadecimal, "inf" and "nan". */
static gboolean
looks_like_number (const char *text)
{
  gboolean has_digit = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      has_digit = has_digit || g_ascii_isdigit (*p);
      if (!g_ascii_isdigit (*p) && strchr (".+-eE", *p) == NULL)
        return FALSE;
    }
  return has_digit;
}

/**
 * semio_text_to_double:
 * @text: a decimal number with a point, in any locale
 * @value: (out): the number
 * @error: return location for a #SemioBaseError
 *
 * Returns: whether all of @text was one finite number
 */
gboolean
semio_text_to_double (const char *text, double *value, GError **error)
{
  char *end = NULL;
  double read = 0;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  if (looks_like_number (text))
    read = g_ascii_strtod (text, &end);
  if (end == NULL || end == text || *end != '\0' || !isfinite (read))
    {
      g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE, _ ("“%.40s” is no number."), text);
      return FALSE;
    }
  *value = read;
  return TRUE;
}

/**
 * semio_text_to_int64:
 * @text: a whole decimal number
 * @value: (out): the number
 * @error: return location for a #SemioBaseError
 *
 * Returns: whether all of @text was one whole number that fits
 */
gboolean
semio_text_to_int64 (const char *text, gint64 *value, GError **error)
{
  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL))
    {
      g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE, _ ("“%.40s” is no whole number."), text);
      return FALSE;
    }
  return TRUE;
}
