/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-answer-words.h"

#include <string.h>

#include "semio-text.h"

/* An answer longer than this is none of the words. */
#define MAX_ANSWER_BYTES 400
#define MAX_SECONDS 1e8

gboolean
semio_vote_equal (const SemioVote *a, const SemioVote *b)
{
  return a->answer == b->answer && a->time_ns == b->time_ns;
}

/* Without blanks, quotes and closing marks around it, in small letters. */
static char *
fold (const char *text)
{
  g_autofree char *copy = g_utf8_strdown (text, -1);
  char *begin = copy;
  gsize length;

  while (*begin != '\0' && strchr (" \t\r\n\"'`*_(", *begin))
    begin++;
  length = strlen (begin);
  while (length > 0 && strchr (" \t\r\n\"'`*_.,;:!)", begin[length - 1]))
    length--;
  return g_strndup (begin, length);
}

static gboolean
is_word (const char *text, const char *const *words)
{
  return g_strv_contains (words, text);
}

static gboolean
read_word (const SemioReplyDomain *domain, const char *folded, SemioVote *vote)
{
  static const char *const yes[] = { "yes", "true", NULL };
  static const char *const no[] = { "no", "false", NULL };
  static const char *const na[] = { "na", "n/a", "not applicable", NULL };

  vote->time_ns = SEMIO_TIME_NONE;
  if (is_word (folded, yes))
    vote->answer = SEMIO_ANSWER_YES;
  else if (is_word (folded, no))
    vote->answer = SEMIO_ANSWER_NO;
  else if (domain->takes_na && is_word (folded, na))
    vote->answer = SEMIO_ANSWER_NA;
  else
    return FALSE;
  return TRUE;
}

/* ---- Times ---- */

/* "42", "42.5 s", "12 seconds" */
static gboolean
read_seconds (const char *folded, gint64 *time_ns)
{
  static const char *const units[] = { "seconds", "second", "secs", "sec", "s" };
  g_autofree char *digits = g_strdup (folded);
  double seconds;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_suffix (digits, units[i]))
      {
        digits[strlen (digits) - strlen (units[i])] = '\0';
        break;
      }
  g_strstrip (digits);
  if (!semio_text_to_double (digits, &seconds, NULL) || seconds < 0 || seconds > MAX_SECONDS)
    return FALSE;
  *time_ns = (gint64) (seconds * (double) SEMIO_NS_PER_SECOND + 0.5);
  return TRUE;
}

static gboolean
read_time (const char *folded, SemioVote *vote, gboolean *exact)
{
  static const char *const never[] = { "not seen", "never", "none", "no", "not visible", "not present", NULL };

  *exact = FALSE;
  vote->time_ns = SEMIO_TIME_NONE;
  vote->answer = SEMIO_ANSWER_NO;
  if (is_word (folded, never))
    {
      *exact = g_str_equal (folded, never[0]);
      return TRUE;
    }
  vote->answer = SEMIO_ANSWER_YES;
  if (strchr (folded, ':') != NULL && semio_time_parse (folded, &vote->time_ns, NULL, NULL) && vote->time_ns >= 0)
    {
      *exact = TRUE;
      return TRUE;
    }
  return read_seconds (folded, &vote->time_ns);
}

/* ---- Answers ---- */

gboolean
semio_vote_from_text (const SemioReplyDomain *domain, const char *text, SemioVote *vote, gboolean *exact)
{
  g_autofree char *folded = NULL;

  *exact = FALSE;
  *vote = (SemioVote){ SEMIO_ANSWER_MISSING, SEMIO_TIME_NONE };
  if (domain->kind == SEMIO_QUESTION_NARRATIVE)
    {
      *exact = TRUE;
      return TRUE;
    }
  if (strlen (text) > MAX_ANSWER_BYTES)
    return FALSE;
  folded = fold (text);
  if (domain->kind == SEMIO_QUESTION_ONSET)
    {
      gboolean read = read_time (folded, vote, exact);

      *exact = *exact && g_str_equal (folded, text);
      return read;
    }
  if (read_word (domain, folded, vote))
    {
      *exact = g_strcmp0 (semio_answer_to_id (vote->answer), text) == 0;
      return TRUE;
    }
  return semio_answer_words_leading (domain, text, vote);
}

gboolean
semio_vote_from_value (const SemioReplyDomain *domain, const SemioLooseValue *value, SemioVote *vote, gboolean *exact)
{
  *exact = FALSE;
  switch (value->kind)
    {
    case SEMIO_LOOSE_TEXT:
      return semio_vote_from_text (domain, value->text, vote, exact);
    case SEMIO_LOOSE_BOOLEAN:
      vote->answer = value->truth ? SEMIO_ANSWER_YES : SEMIO_ANSWER_NO;
      vote->time_ns = SEMIO_TIME_NONE;
      /* When something begins is not told by "true". */
      return domain->kind == SEMIO_QUESTION_ANSWER || (domain->kind == SEMIO_QUESTION_ONSET && !value->truth);
    case SEMIO_LOOSE_NUMBER:
      *vote = (SemioVote){ SEMIO_ANSWER_YES, SEMIO_TIME_NONE };
      return domain->kind == SEMIO_QUESTION_ONSET && read_seconds (value->text, &vote->time_ns);
    case SEMIO_LOOSE_NULL:
    case SEMIO_LOOSE_ARRAY:
    case SEMIO_LOOSE_OBJECT:
    default:
      return FALSE;
    }
}

/**
 * semio_answer_words_strip_marks:
 * @text: what a model wrote
 *
 * Returns: (transfer full): the text without *, _, #, ` and fences
 */
char *
semio_answer_words_strip_marks (const char *text)
{
  GString *plain = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p++)
    if (strchr ("*_#`", *p) == NULL)
      g_string_append_c (plain, *p);
  return g_strstrip (g_string_free (plain, FALSE));
}

/* Whether a word may be an answer by what stands after it: a mark, a dash, the end, or words that give a reason. "No" before
 * another word may belong to it ("No movement", "No doubt"); "yes" cannot. */
static gboolean
is_ended (SemioAnswer answer, const char *after)
{
  if (*after == '\0' || strchr (".,;!\n", *after) != NULL || g_str_has_prefix (after, ": ")
      || g_str_has_prefix (after, "\xe2\x80\x94") || g_str_has_prefix (after, " \xe2\x80\x94")
      || g_str_has_prefix (after, " \xe2\x80\x93") || g_str_has_prefix (after, " - ") || g_str_has_prefix (after, " ("))
    return TRUE;
  if (*after != ' ' || g_ascii_strncasecmp (after, " or ", 4) == 0 || g_ascii_strncasecmp (after, " and ", 5) == 0)
    return FALSE;
  return answer == SEMIO_ANSWER_YES || g_ascii_strncasecmp (after, " because", 8) == 0;
}

/* The word at the beginning of the text; after points behind it. */
static gboolean
take_word (const SemioReplyDomain *domain, const char *text, SemioVote *vote, const char **after)
{
  static const struct {
    const char *word;
    SemioAnswer answer;
  } words[] = {
    { "yes", SEMIO_ANSWER_YES }, { "not applicable", SEMIO_ANSWER_NA }, { "n/a", SEMIO_ANSWER_NA }, { "na", SEMIO_ANSWER_NA },
    { "no", SEMIO_ANSWER_NO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);

      if (g_ascii_strncasecmp (text, words[i].word, length) != 0 || g_ascii_isalnum (text[length]) || text[length] == '/'
          || (words[i].answer == SEMIO_ANSWER_NA && !domain->takes_na))
        continue;
      *vote = (SemioVote){ words[i].answer, SEMIO_TIME_NONE };
      *after = text + length;
      return TRUE;
    }
  return FALSE;
}

static const char *
skip_marks (const char *text)
{
  while (*text != '\0' && strchr (" \t\n\"'(", *text) != NULL)
    text++;
  return text;
}

gboolean
semio_answer_words_leading (const SemioReplyDomain *domain, const char *text, SemioVote *vote)
{
  const char *after;

  if (!take_word (domain, skip_marks (text), vote, &after))
    return FALSE;
  if (*after == '"' || *after == '\'' || *after == ')')
    after++;
  return is_ended (vote->answer, after);
}

GArray *
semio_answer_words_labelled (const SemioReplyDomain *domain, const char *text, gboolean only_colon)
{
  GArray *votes = g_array_new (FALSE, FALSE, sizeof (SemioVote));
  g_autofree char *folded = g_ascii_strdown (text, -1);

  for (char *found = strstr (folded, "answer"); found != NULL; found = strstr (found + 1, "answer"))
    {
      const char *after = found + strlen ("answer");
      SemioVote vote;

      while (*after == '"' || *after == '\'' || *after == ' ')
        after++;
      if (*after == ':' || *after == '=')
        after++;
      else if (!only_colon && g_str_has_prefix (after, "is "))
        after += 3;
      else
        continue;
      if (semio_answer_words_leading (domain, after, &vote))
        g_array_append_val (votes, vote);
    }
  return votes;
}
