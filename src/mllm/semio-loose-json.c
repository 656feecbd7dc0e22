/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-loose-json.h"

#include <string.h>

#include "semio-text.h"

#define MAX_DEPTH 64
#define MAX_VALUES 100000
#define MAX_WORD_BYTES 64
#define REPLACEMENT 0xfffd

typedef struct {
  const char *position;
  const char *end;
  guint n_values;
  gboolean is_strict;
} Reader;

static SemioLooseValue *read_value (Reader *reader, guint depth);

void
semio_loose_value_free (SemioLooseValue *value)
{
  if (value == NULL)
    return;
  g_free (value->text);
  g_clear_pointer (&value->names, g_ptr_array_unref);
  g_clear_pointer (&value->values, g_ptr_array_unref);
  g_free (value);
}

static int
peek (const Reader *reader)
{
  return reader->position < reader->end ? (guchar) *reader->position : -1;
}

static gboolean
is_blank (int c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void
skip_blanks (Reader *reader)
{
  while (is_blank (peek (reader)))
    reader->position++;
}

/* Whether a quote ends a text: what follows it in JSON can only be one of these. A quote before anything else belongs to the
 * text, as in 'the patient's arm'. */
static gboolean
is_closing (const Reader *reader)
{
  const char *p = reader->position + 1;

  while (p < reader->end && is_blank ((guchar) *p))
    p++;
  return p == reader->end || *p == ',' || *p == '}' || *p == ']' || *p == ':';
}

static gboolean
read_unit (Reader *reader, guint *unit)
{
  *unit = 0;
  if (reader->end - reader->position < 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (reader->position[i]))
        return FALSE;
      *unit = *unit * 16 + (guint) g_ascii_xdigit_value (reader->position[i]);
    }
  reader->position += 4;
  return TRUE;
}

/* After "\u". Halves of pairs and NUL become the replacement character. */
static void
read_unicode (Reader *reader, GString *text)
{
  guint unit, low;
  gunichar character = REPLACEMENT;

  if (!read_unit (reader, &unit))
    unit = 0;
  if (unit >= 0xd800 && unit < 0xdc00 && reader->end - reader->position >= 6 && reader->position[0] == '\\'
      && reader->position[1] == 'u')
    {
      const char *before = reader->position;

      reader->position += 2;
      if (read_unit (reader, &low) && low >= 0xdc00 && low < 0xe000)
        character = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
      else
        reader->position = before;
    }
  else if (unit != 0 && (unit < 0xd800 || unit >= 0xe000))
    character = unit;
  reader->is_strict = reader->is_strict && (character != REPLACEMENT || unit == REPLACEMENT);
  g_string_append_unichar (text, character);
}

static void
read_escape (Reader *reader, GString *text)
{
  static const char letters[] = "bfnrt\"\\/";
  static const char meant[] = "\b\f\n\r\t\"\\/";
  int c = peek (reader);
  const char *found;

  if (c < 0)
    return;
  reader->position++;
  if (c == 'u')
    {
      read_unicode (reader, text);
      return;
    }
  found = c != 0 ? strchr (letters, c) : NULL;
  reader->is_strict = reader->is_strict && found != NULL;
  g_string_append_c (text, found != NULL ? meant[found - letters] : (char) c);
}

/* A text with its quotes; NULL when it does not end. */
static char *
read_text (Reader *reader)
{
  int quote = peek (reader);
  g_autoptr (GString) text = g_string_new (NULL);

  reader->is_strict = reader->is_strict && quote == '"';
  for (reader->position++; reader->position < reader->end; reader->position++)
    {
      int c = (guchar) *reader->position;

      if (c == quote && is_closing (reader))
        {
          reader->position++;
          return g_string_free (g_steal_pointer (&text), FALSE);
        }
      if (c == '\\')
        {
          reader->position++;
          read_escape (reader, text);
          reader->position--;
          continue;
        }
      reader->is_strict = reader->is_strict && c >= 0x20 && c != quote;
      g_string_append_c (text, (char) c);
    }
  return NULL;
}

/* Letters, digits and what else stands in a word or number without quotes. */
static char *
read_word (Reader *reader)
{
  const char *begin = reader->position;

  while (reader->position < reader->end && (g_ascii_isalnum (*reader->position) || strchr ("_/+-.$", *reader->position))
         && *reader->position != '\0')
    reader->position++;
  if (reader->position == begin || reader->position - begin > MAX_WORD_BYTES)
    return NULL;
  return g_strndup (begin, (gsize) (reader->position - begin));
}

static gboolean
is_strict_number (const char *word)
{
  const char *p = word[0] == '-' ? word + 1 : word;

  return g_ascii_isdigit (p[0]) && !(p[0] == '0' && g_ascii_isdigit (p[1])) && word[strlen (word) - 1] != '.';
}

static gboolean
is_one_of (const char *word, const char *a, const char *b, const char *c)
{
  return g_ascii_strcasecmp (word, a) == 0 || g_ascii_strcasecmp (word, b) == 0 || g_ascii_strcasecmp (word, c) == 0;
}

static gboolean
take_word (Reader *reader, SemioLooseValue *value)
{
  g_autofree char *word = read_word (reader);
  double number;

  if (word == NULL)
    return FALSE;
  if (semio_text_to_double (word, &number, NULL))
    {
      value->kind = SEMIO_LOOSE_NUMBER;
      reader->is_strict = reader->is_strict && is_strict_number (word);
    }
  else if (g_ascii_strcasecmp (word, "true") == 0 || g_ascii_strcasecmp (word, "false") == 0)
    {
      value->kind = SEMIO_LOOSE_BOOLEAN;
      value->truth = g_ascii_tolower (word[0]) == 't';
      reader->is_strict = reader->is_strict && (g_str_equal (word, "true") || g_str_equal (word, "false"));
    }
  else if (is_one_of (word, "null", "none", "undefined"))
    {
      value->kind = SEMIO_LOOSE_NULL;
      reader->is_strict = reader->is_strict && g_str_equal (word, "null");
    }
  else
    {
      value->kind = SEMIO_LOOSE_TEXT;
      reader->is_strict = FALSE;
    }
  value->text = g_steal_pointer (&word);
  return TRUE;
}

static gboolean
read_name (Reader *reader, SemioLooseValue *value)
{
  int c = peek (reader);
  char *name;

  if (c == '"' || c == '\'')
    name = read_text (reader);
  else
    {
      reader->is_strict = FALSE;
      name = read_word (reader);
    }
  if (name == NULL)
    return FALSE;
  g_ptr_array_add (value->names, name);
  skip_blanks (reader);
  if (peek (reader) != ':')
    return FALSE;
  reader->position++;
  return TRUE;
}

/* After an element: TRUE to go on with another. done is set at the end. */
static gboolean
read_separator (Reader *reader, int closing, gboolean *done)
{
  skip_blanks (reader);
  if (peek (reader) < 0)
    {
      /* Everything that was begun was finished but for the brackets. */
      reader->is_strict = FALSE;
      *done = TRUE;
      return TRUE;
    }
  if (peek (reader) == closing)
    {
      reader->position++;
      *done = TRUE;
      return TRUE;
    }
  if (peek (reader) != ',')
    return FALSE;
  reader->position++;
  skip_blanks (reader);
  if (peek (reader) == closing)
    {
      reader->is_strict = FALSE;
      reader->position++;
      *done = TRUE;
    }
  return TRUE;
}

static gboolean
read_elements (Reader *reader, SemioLooseValue *value, guint depth)
{
  gboolean is_object = value->kind == SEMIO_LOOSE_OBJECT;
  int closing = is_object ? '}' : ']';
  gboolean done = FALSE;

  value->values = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_loose_value_free);
  if (is_object)
    value->names = g_ptr_array_new_with_free_func (g_free);
  reader->position++;
  skip_blanks (reader);
  if (peek (reader) == closing)
    {
      reader->position++;
      return TRUE;
    }
  while (!done)
    {
      SemioLooseValue *element;

      skip_blanks (reader);
      if (is_object && !read_name (reader, value))
        return FALSE;
      element = read_value (reader, depth + 1);
      if (element == NULL)
        return FALSE;
      g_ptr_array_add (value->values, element);
      if (!read_separator (reader, closing, &done))
        return FALSE;
    }
  return TRUE;
}

static SemioLooseValue *
read_value (Reader *reader, guint depth)
{
  g_autoptr (SemioLooseValue) value = NULL;
  int c;

  if (depth > MAX_DEPTH || ++reader->n_values > MAX_VALUES)
    return NULL;
  value = g_new0 (SemioLooseValue, 1);
  skip_blanks (reader);
  c = peek (reader);
  if (c == '{' || c == '[')
    {
      value->kind = c == '{' ? SEMIO_LOOSE_OBJECT : SEMIO_LOOSE_ARRAY;
      return read_elements (reader, value, depth) ? g_steal_pointer (&value) : NULL;
    }
  if (c == '"' || c == '\'')
    {
      value->kind = SEMIO_LOOSE_TEXT;
      value->text = read_text (reader);
      return value->text != NULL ? g_steal_pointer (&value) : NULL;
    }
  return take_word (reader, value) ? g_steal_pointer (&value) : NULL;
}

/**
 * semio_loose_json_parse:
 * @text: valid UTF-8
 * @length: bytes of it
 * @used: (out) (nullable): how many bytes the value took
 * @is_strict: (out) (nullable): whether it was JSON of RFC 8259 all through
 *
 * Takes time in proportion to the length.
 *
 * Returns: (transfer full) (nullable): the value
 */
SemioLooseValue *
semio_loose_json_parse (const char *text, gsize length, gsize *used, gboolean *is_strict)
{
  Reader reader = { text, text + length, 0, TRUE };
  g_autoptr (SemioLooseValue) value = read_value (&reader, 1);

  if (value == NULL)
    return NULL;
  if (used != NULL)
    *used = (gsize) (reader.position - text);
  else
    {
      skip_blanks (&reader);
      if (reader.position < reader.end)
        return NULL;
    }
  if (is_strict != NULL)
    *is_strict = reader.is_strict;
  return g_steal_pointer (&value);
}

const SemioLooseValue *
semio_loose_value_get (const SemioLooseValue *value, const char *name)
{
  if (value == NULL || value->kind != SEMIO_LOOSE_OBJECT)
    return NULL;
  for (guint i = 0; i < value->values->len; i++)
    if (g_ascii_strcasecmp (value->names->pdata[i], name) == 0)
      return value->values->pdata[i];
  return NULL;
}

guint
semio_loose_value_get_length (const SemioLooseValue *value)
{
  return value != NULL && value->values != NULL ? value->values->len : 0;
}

const SemioLooseValue *
semio_loose_value_get_element (const SemioLooseValue *value, guint index)
{
  return index < semio_loose_value_get_length (value) ? value->values->pdata[index] : NULL;
}

const char *
semio_loose_value_get_text (const SemioLooseValue *value, const char *name)
{
  const SemioLooseValue *member = semio_loose_value_get (value, name);

  return member != NULL && member->kind == SEMIO_LOOSE_TEXT ? member->text : NULL;
}

gint64
semio_loose_value_get_int (const SemioLooseValue *value, const char *name, gint64 fallback)
{
  const SemioLooseValue *member = semio_loose_value_get (value, name);
  gint64 number;

  return member != NULL && member->kind == SEMIO_LOOSE_NUMBER && semio_text_to_int64 (member->text, &number, NULL) ? number
                                                                                                                   : fallback;
}
