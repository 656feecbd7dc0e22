/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-json-scan.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "semio-error.h"

#define MAX_NUMBER_CHARS 400

/* The parser of json-glib calls itself for every bracket and reads comments and other text that is not JSON. So that
 * nothing but shallow, strict JSON reaches it, this scanner walks the text first, with a stack of its own. */
typedef struct {
  const char *begin;
  const char *position;
  const char *end;
  GError **error;
} Scanner;

static gboolean
fail (Scanner *scanner, int code, const char *message)
{
  g_set_error (scanner->error, SEMIO_BASE_ERROR, code, _ ("The JSON text is wrong at byte %" G_GINT64_FORMAT ": %s."),
               (gint64) (scanner->position - scanner->begin), message);
  return FALSE;
}

static int
peek (const Scanner *scanner)
{
  return scanner->position < scanner->end ? (guchar) *scanner->position : -1;
}

static void
skip_blanks (Scanner *scanner)
{
  while (scanner->position < scanner->end && strchr (" \t\r\n", *scanner->position) != NULL && *scanner->position != '\0')
    scanner->position++;
}

static gboolean
scan_hex (Scanner *scanner, guint *unit)
{
  *unit = 0;
  if (scanner->end - scanner->position < 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (scanner->position[i]))
        return FALSE;
      *unit = *unit * 16 + (guint) g_ascii_xdigit_value (scanner->position[i]);
    }
  scanner->position += 4;
  return TRUE;
}

/* After "\u": one character, or a whole surrogate pair. */
static gboolean
scan_unicode_escape (Scanner *scanner)
{
  guint high, low;

  if (!scan_hex (scanner, &high))
    return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("\\u needs four hexadecimal digits"));
  if (high == 0)
    return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("a text holds a NUL"));
  if (high < 0xd800 || high > 0xdfff)
    return TRUE;
  if (high > 0xdbff || scanner->end - scanner->position < 2 || scanner->position[0] != '\\' || scanner->position[1] != 'u')
    return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("half a surrogate pair"));
  scanner->position += 2;
  if (!scan_hex (scanner, &low) || low < 0xdc00 || low > 0xdfff)
    return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("half a surrogate pair"));
  return TRUE;
}

static gboolean
scan_string (Scanner *scanner)
{
  scanner->position++;
  while (scanner->position < scanner->end)
    {
      guchar byte = (guchar) *scanner->position;

      if (byte < 0x20)
        return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("a control character stands in a text"));
      scanner->position++;
      if (byte == '"')
        return TRUE;
      if (byte != '\\')
        continue;
      if (peek (scanner) <= 0 || strchr ("\"\\/bfnrtu", peek (scanner)) == NULL)
        return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("unknown escape in a text"));
      scanner->position++;
      if (scanner->position[-1] == 'u' && !scan_unicode_escape (scanner))
        return FALSE;
    }
  return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("a text does not end"));
}

static gsize
scan_digits (Scanner *scanner)
{
  gsize n = 0;

  for (; g_ascii_isdigit (peek (scanner) < 0 ? 0 : peek (scanner)); n++)
    scanner->position++;
  return n;
}

static gboolean
scan_number (Scanner *scanner)
{
  const char *begin = scanner->position;
  gboolean whole = TRUE;
  gboolean good;
  char text[MAX_NUMBER_CHARS + 1];
  gsize length;

  if (peek (scanner) == '-')
    scanner->position++;
  if (peek (scanner) == '0')
    {
      scanner->position++;
      good = TRUE;
    }
  else
    good = scan_digits (scanner) > 0;
  if (good && peek (scanner) == '.')
    {
      scanner->position++;
      good = scan_digits (scanner) > 0;
      whole = FALSE;
    }
  if (good && (peek (scanner) == 'e' || peek (scanner) == 'E'))
    {
      scanner->position++;
      if (peek (scanner) == '+' || peek (scanner) == '-')
        scanner->position++;
      good = scan_digits (scanner) > 0;
      whole = FALSE;
    }
  length = (gsize) (scanner->position - begin);
  if (!good || length > MAX_NUMBER_CHARS)
    return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("not a number"));
  memcpy (text, begin, length);
  text[length] = '\0';
  if (whole ? !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL) : !isfinite (g_ascii_strtod (text, NULL)))
    return fail (scanner, SEMIO_BASE_ERROR_LIMIT, _ ("a number is too large"));
  return TRUE;
}

static gboolean
scan_word (Scanner *scanner, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scanner->end - scanner->position) < length || memcmp (scanner->position, word, length) != 0)
    return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("a value is expected"));
  scanner->position += length;
  return TRUE;
}

static gboolean
scan_scalar (Scanner *scanner)
{
  switch (peek (scanner))
    {
    case '"':
      return scan_string (scanner);
    case 't':
      return scan_word (scanner, "true");
    case 'f':
      return scan_word (scanner, "false");
    case 'n':
      return scan_word (scanner, "null");
    default:
      return scan_number (scanner);
    }
}

static gboolean
scan_key (Scanner *scanner)
{
  skip_blanks (scanner);
  if (peek (scanner) != '"')
    return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("a member's name is expected"));
  if (!scan_string (scanner))
    return FALSE;
  skip_blanks (scanner);
  if (peek (scanner) != ':')
    return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("a colon is expected"));
  scanner->position++;
  return TRUE;
}

/* After a value: closes what ends here and goes on behind a comma. The stack holds the closing bracket of each level. */
static gboolean
scan_after_value (Scanner *scanner, const char *stack, guint *depth)
{
  while (*depth > 0)
    {
      skip_blanks (scanner);
      if (peek (scanner) == ',')
        {
          scanner->position++;
          return stack[*depth - 1] == ']' || scan_key (scanner);
        }
      if (peek (scanner) != stack[*depth - 1])
        return fail (scanner, SEMIO_BASE_ERROR_PARSE, _ ("a comma or a closing bracket is expected"));
      scanner->position++;
      *depth -= 1;
    }
  return TRUE;
}

gboolean
semio_json_scan (const char *text, gsize length, guint max_depth, GError **error)
{
  Scanner scanner = { text, text, text + length, error };
  g_autofree char *stack = g_malloc (max_depth + 1);
  guint depth = 0;

  do
    {
      int next;

      skip_blanks (&scanner);
      next = peek (&scanner);
      if (next == '{' || next == '[')
        {
          if (depth == max_depth)
            return fail (&scanner, SEMIO_BASE_ERROR_LIMIT, _ ("it is nested too deep"));
          stack[depth++] = next == '{' ? '}' : ']';
          scanner.position++;
          skip_blanks (&scanner);
          if (peek (&scanner) != stack[depth - 1])
            {
              if (next == '{' && !scan_key (&scanner))
                return FALSE;
              continue;
            }
        }
      else if (!scan_scalar (&scanner))
        return FALSE;
      if (!scan_after_value (&scanner, stack, &depth))
        return FALSE;
  } while (depth > 0);
  skip_blanks (&scanner);
  if (scanner.position != scanner.end)
    return fail (&scanner, SEMIO_BASE_ERROR_PARSE, _ ("something stands after its end"));
  return TRUE;
}
