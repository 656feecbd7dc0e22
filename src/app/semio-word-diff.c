/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-word-diff.h"

#include <string.h>

/* The table of a comparison has the product of both numbers of words. */
#define MAX_WORDS 2000

typedef struct {
  char *text;
  SemioWordStretch stretch;
} Word;

static void
clear_word (gpointer word)
{
  g_free (((Word *) word)->text);
}

static GArray *
split (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *start = NULL;
  int at = 0;
  int begin = 0;

  g_array_set_clear_func (words, clear_word);
  for (const char *p = text;; p = g_utf8_next_char (p), at++)
    {
      gboolean is_space = *p == '\0' || g_unichar_isspace (g_utf8_get_char (p));

      if (!is_space && start == NULL)
        {
          start = p;
          begin = at;
        }
      if (is_space && start != NULL)
        {
          Word word = { g_strndup (start, (gsize) (p - start)), { begin, at } };

          g_array_append_val (words, word);
          start = NULL;
        }
      if (*p == '\0')
        return words;
    }
}

static const Word *
get (GArray *words, guint index)
{
  return &g_array_index (words, Word, index);
}

static gboolean
is_same (GArray *left, guint i, GArray *right, guint j)
{
  return strcmp (get (left, i)->text, get (right, j)->text) == 0;
}

static void
add (GArray *stretches, GArray *words, guint index)
{
  g_array_append_val (stretches, get (words, index)->stretch);
}

/* Longest common run of words in order, told from the end so that it is walked from the beginning. */
static guint16 *
measure (GArray *left, GArray *right, guint first)
{
  guint width = right->len - first + 1;
  guint16 *lengths = g_new0 (guint16, (left->len - first + 1) * (gsize) width);

  for (guint i = left->len - first; i-- > 0;)
    for (guint j = right->len - first; j-- > 0;)
      {
        guint16 *here = &lengths[i * (gsize) width + j];

        *here = is_same (left, first + i, right, first + j) ? (guint16) (here[width + 1] + 1) : MAX (here[width], here[1]);
      }
  return lengths;
}

void
semio_word_diff (const char *left, const char *right, GArray **left_only, GArray **right_only)
{
  g_autoptr (GArray) a = split (left);
  g_autoptr (GArray) b = split (right);
  g_autofree guint16 *lengths = NULL;
  guint first = 0;
  guint i, j;

  *left_only = g_array_new (FALSE, FALSE, sizeof (SemioWordStretch));
  *right_only = g_array_new (FALSE, FALSE, sizeof (SemioWordStretch));
  while (first < a->len && first < b->len && is_same (a, first, b, first))
    first++;
  i = j = first;
  if (a->len - first <= MAX_WORDS && b->len - first <= MAX_WORDS)
    {
      guint width = b->len - first + 1;

      lengths = measure (a, b, first);
      while (i < a->len && j < b->len)
        {
          const guint16 *here = &lengths[(i - first) * (gsize) width + (j - first)];

          if (is_same (a, i, b, j))
            i++, j++;
          else if (here[width] >= here[1])
            add (*left_only, a, i++);
          else
            add (*right_only, b, j++);
        }
    }
  while (i < a->len)
    add (*left_only, a, i++);
  while (j < b->len)
    add (*right_only, b, j++);
}
