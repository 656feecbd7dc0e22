/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer in what a model wrote: strictly first, then tolerantly, never inventing. docs/requests.md lists what is taken. */
#include "semio-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-answer-words.h"
#include "semio-loose-json.h"
#include "semio-reply-private.h"
#include "semio-text.h"

/* Longer texts hold no answer that was asked for. */
#define MAX_TOLERANT_BYTES (256 * 1024)
#define MAX_OBJECTS_TRIED 64
#define MAX_NESTING 8

/* What was found in one text. */
typedef struct {
  const SemioReplyDomain *domain;
  gboolean found; /* an answer */
  gboolean clash; /* another that contradicts it */
  gboolean repaired;
  gboolean off_domain; /* an answer that cannot be one */
  SemioVote vote;
  char *explanation; /* (nullable) */
} Finding;

static void
finding_clear (Finding *finding)
{
  g_free (finding->explanation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finding, finding_clear)

static void
add_vote (Finding *finding, const SemioVote *vote)
{
  if (finding->found && !semio_vote_equal (&finding->vote, vote))
    finding->clash = TRUE;
  finding->found = TRUE;
  finding->vote = *vote;
}

static void
add_explanation (Finding *finding, const char *text)
{
  g_autofree char *clean = g_strstrip (semio_text_clean (text, -1, SEMIO_EXPLANATION_MAX_CHARS));

  if (clean[0] == '\0' || finding->explanation != NULL)
    return;
  finding->explanation = g_steal_pointer (&clean);
}

/* ---- Objects ---- */

static void read_object (Finding *finding, const SemioLooseValue *value, guint depth);

/* A member whose text is JSON itself. */
static gboolean
read_packed (Finding *finding, const char *text, guint depth)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  g_autoptr (SemioLooseValue) value = NULL;

  if (depth >= MAX_NESTING || (copy[0] != '{' && copy[0] != '['))
    return FALSE;
  value = semio_loose_json_parse (copy, strlen (copy), NULL, NULL);
  if (value == NULL)
    return FALSE;
  finding->repaired = TRUE;
  read_object (finding, value, depth + 1);
  return TRUE;
}

static void
take_answer (Finding *finding, const SemioLooseValue *value, guint depth)
{
  gboolean exact = FALSE;
  SemioVote vote;

  if (value->kind == SEMIO_LOOSE_OBJECT || value->kind == SEMIO_LOOSE_ARRAY)
    {
      finding->repaired = TRUE;
      if (value->kind == SEMIO_LOOSE_ARRAY && value->values->len == 1)
        take_answer (finding, value->values->pdata[0], depth + 1);
      else
        read_object (finding, value, depth + 1);
      return;
    }
  if (value->kind == SEMIO_LOOSE_TEXT && read_packed (finding, value->text, depth))
    return;
  if (semio_vote_from_value (finding->domain, value, &vote, &exact))
    {
      add_vote (finding, &vote);
      finding->repaired = finding->repaired || !exact;
    }
  else
    finding->off_domain = TRUE;
}

static gboolean
is_justification (const char *name)
{
  static const char *const names[] = { "justification", "explanation", "reason", "rationale" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
take_justification (Finding *finding, const SemioLooseValue *value)
{
  g_autoptr (GString) lines = NULL;

  if (value->kind == SEMIO_LOOSE_TEXT)
    {
      add_explanation (finding, value->text);
      return;
    }
  finding->repaired = TRUE;
  if (value->kind != SEMIO_LOOSE_ARRAY)
    return;
  lines = g_string_new (NULL);
  for (guint i = 0; i < value->values->len; i++)
    {
      const SemioLooseValue *line = value->values->pdata[i];

      if (line->kind == SEMIO_LOOSE_TEXT)
        g_string_append_printf (lines, "%s%s", lines->len ? "\n" : "", line->text);
    }
  add_explanation (finding, lines->str);
}

/* Members of an object: an answer and why, or something that holds them. */
static void
read_members (Finding *finding, const SemioLooseValue *value, guint depth)
{
  gboolean has_answer = semio_loose_value_get (value, "answer") != NULL;

  for (guint i = 0; i < value->values->len; i++)
    {
      const char *name = value->names->pdata[i];
      const SemioLooseValue *member = value->values->pdata[i];

      if (g_ascii_strcasecmp (name, "answer") == 0)
        take_answer (finding, member, depth);
      else if (is_justification (name))
        take_justification (finding, member);
      else if (!has_answer && (member->kind == SEMIO_LOOSE_OBJECT || member->kind == SEMIO_LOOSE_ARRAY))
        read_object (finding, member, depth + 1);
      else if (!has_answer && member->kind == SEMIO_LOOSE_TEXT)
        read_packed (finding, member->text, depth);
      finding->repaired = finding->repaired || (!g_str_equal (name, "answer") && !g_str_equal (name, "justification"));
    }
}

static void
read_object (Finding *finding, const SemioLooseValue *value, guint depth)
{
  if (depth > MAX_NESTING)
    return;
  if (value->kind == SEMIO_LOOSE_OBJECT)
    read_members (finding, value, depth);
  else if (value->kind == SEMIO_LOOSE_TEXT)
    read_packed (finding, value->text, depth);
  else if (value->kind == SEMIO_LOOSE_ARRAY)
    for (guint i = 0; i < value->values->len; i++)
      {
        finding->repaired = TRUE;
        read_object (finding, value->values->pdata[i], depth + 1);
      }
}

/* ---- Texts ---- */

/* Every object that stands in the text among other words. What is around them goes to rest. */
static gboolean
read_embedded (Finding *finding, const char *text, gsize length, GString *rest)
{
  const char *position = text;
  const char *end = text + length;
  guint n_tried = 0;
  gboolean any = FALSE;

  while (position < end)
    {
      const char *begin = memchr (position, '{', (gsize) (end - position));
      g_autoptr (SemioLooseValue) value = NULL;
      gsize used = 0;

      if (begin == NULL || n_tried++ == MAX_OBJECTS_TRIED)
        break;
      g_string_append_len (rest, position, begin - position);
      value = semio_loose_json_parse (begin, (gsize) (end - begin), &used, NULL);
      position = begin + MAX (used, 1);
      if (value == NULL)
        continue;
      any = TRUE;
      read_object (finding, value, 0);
    }
  g_string_append_len (rest, position, end - position);
  return any;
}

/* "Justification: …" to the end, or everything when there is no such word. */
static const char *
find_justification (const char *text)
{
  static const char *const labels[] = { "justification:", "explanation:", "reason:", "rationale:" };
  g_autofree char *folded = g_ascii_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      const char *found = strstr (folded, labels[i]);

      if (found != NULL)
        return text + (found - folded) + strlen (labels[i]);
    }
  return text;
}

/* Words without an object. */
static void
read_bare (Finding *finding, const char *text)
{
  g_autofree char *plain = semio_answer_words_strip_marks (text);
  SemioVote vote;
  gboolean exact;

  finding->repaired = TRUE;
  if (finding->domain->kind == SEMIO_QUESTION_NARRATIVE)
    {
      add_explanation (finding, text);
      return;
    }
  if (semio_vote_from_text (finding->domain, plain, &vote, &exact))
    {
      add_vote (finding, &vote);
      return;
    }
  if (finding->domain->kind != SEMIO_QUESTION_ANSWER)
    return;
  if (semio_answer_words_leading (finding->domain, plain, &vote))
    add_vote (finding, &vote);
  {
    g_autoptr (GArray) votes = semio_answer_words_labelled (finding->domain, plain, FALSE);

    for (guint i = 0; i < votes->len; i++)
      add_vote (finding, &g_array_index (votes, SemioVote, i));
  }
  if (finding->found)
    add_explanation (finding, find_justification (plain));
}

/* ---- The reply ---- */

static void
keep (SemioModelReply *reply, Finding *finding)
{
  const SemioReplyDomain *domain = finding->domain;

  reply->state = finding->repaired ? SEMIO_REPLY_REPAIRED : SEMIO_REPLY_AS_SENT;
  reply->answer = domain->kind == SEMIO_QUESTION_NARRATIVE ? SEMIO_ANSWER_MISSING : finding->vote.answer;
  reply->onset_ns = domain->kind == SEMIO_QUESTION_ONSET ? finding->vote.time_ns : SEMIO_TIME_NONE;
  g_free (reply->explanation);
  reply->explanation = g_steal_pointer (&finding->explanation);
  g_clear_pointer (&reply->problem, g_free);
  if (reply->explanation == NULL)
    {
      reply->state = SEMIO_REPLY_REPAIRED;
      reply->problem = g_strdup (_ ("The answer came without a justification."));
    }
  else if (finding->repaired)
    reply->problem = g_strdup (_ ("The answer was clear, but not in the form that was asked for."));
}

static void
conclude (SemioModelReply *reply, Finding *finding)
{
  const SemioReplyDomain *domain = finding->domain;

  if (domain->kind == SEMIO_QUESTION_NARRATIVE)
    {
      if (finding->explanation == NULL)
        semio_model_reply_set_unusable (reply, _ ("The model wrote no narrative."));
      else
        keep (reply, finding);
    }
  else if (finding->clash)
    semio_model_reply_set_unusable (reply, _ ("The model gave two answers that contradict one another."));
  else if (finding->found && domain->kind == SEMIO_QUESTION_ONSET && finding->vote.time_ns != SEMIO_TIME_NONE
           && (finding->vote.time_ns < domain->span.begin_ns || finding->vote.time_ns > domain->span.end_ns))
    semio_model_reply_set_unusable (reply, _ ("The model named a time outside what it was shown."));
  else if (finding->found && !finding->off_domain)
    keep (reply, finding);
  else if (finding->off_domain)
    semio_model_reply_set_unusable (reply, _ ("The model's answer is none of those that were allowed."));
  else
    semio_model_reply_set_unusable (reply, _ ("No answer could be told from what the model wrote."));
}

/* All of the text as one value. TRUE when that settled it. */
static gboolean
read_whole (SemioModelReply *reply, Finding *finding, const char *text, gsize length)
{
  gboolean is_strict = FALSE;
  g_autoptr (SemioLooseValue) value = NULL;

  if (text[0] != '{' && text[0] != '[' && text[0] != '"')
    return FALSE;
  value = semio_loose_json_parse (text, length, NULL, &is_strict);
  if (value == NULL)
    return FALSE;
  if (value->kind == SEMIO_LOOSE_TEXT)
    {
      finding->repaired = TRUE;
      if (!read_packed (finding, value->text, 0))
        read_bare (finding, value->text);
    }
  else
    read_object (finding, value, 0);
  finding->repaired = finding->repaired || !is_strict || value->kind != SEMIO_LOOSE_OBJECT;
  conclude (reply, finding);
  return TRUE;
}

static void
read_tolerant (SemioModelReply *reply, Finding *finding, const char *text, gsize length)
{
  g_autoptr (GString) rest = g_string_new (NULL);

  finding->repaired = TRUE;
  if (length > MAX_TOLERANT_BYTES)
    {
      semio_model_reply_set_unusable (reply, _ ("The model wrote far more than an answer."));
      return;
    }
  if (!read_embedded (finding, text, length, rest))
    {
      if (text[0] == '{' || text[0] == '[')
        semio_model_reply_set_unusable (reply, _ ("The model's answer is damaged JSON."));
      else
        {
          read_bare (finding, text);
          conclude (reply, finding);
        }
      return;
    }
  if (finding->domain->kind == SEMIO_QUESTION_ANSWER)
    {
      g_autofree char *plain = semio_answer_words_strip_marks (rest->str);
      g_autoptr (GArray) votes = semio_answer_words_labelled (finding->domain, plain, TRUE);

      for (guint i = 0; i < votes->len; i++)
        add_vote (finding, &g_array_index (votes, SemioVote, i));
    }
  conclude (reply, finding);
}

/* A narrative may be the text of the answer itself. */
static void
read_text (SemioModelReply *reply, const char *text, gsize length, const SemioReplyDomain *domain)
{
  g_auto (Finding) finding = { .domain = domain, .vote = { SEMIO_ANSWER_MISSING, SEMIO_TIME_NONE } };

  if (!read_whole (reply, &finding, text, length))
    read_tolerant (reply, &finding, text, length);
}

/* Takes what a model thought aloud before its answer; FALSE when there is nothing after it. */
static gboolean
take_thoughts (SemioModelReply *reply, char **text)
{
  char *end = g_strrstr (*text, "</think>");
  gboolean opened = g_str_has_prefix (*text, "<think>");
  const char *thoughts = opened ? *text + strlen ("<think>") : *text;

  if (end == NULL && !opened)
    return TRUE;
  if (end != NULL)
    *end = '\0';
  if (reply->reasoning == NULL)
    {
      g_autofree char *clean = g_strstrip (semio_text_clean (thoughts, -1, SEMIO_REASONING_MAX_CHARS));

      if (clean[0] != '\0')
        reply->reasoning = g_steal_pointer (&clean);
    }
  if (end == NULL)
    return FALSE;
  *text = g_strchug (end + strlen ("</think>"));
  return TRUE;
}

void
semio_reply_mark_damaged (SemioModelReply *reply)
{
  if (reply->state != SEMIO_REPLY_AS_SENT)
    return;
  reply->state = SEMIO_REPLY_REPAIRED;
  g_free (reply->problem);
  reply->problem = g_strdup (_ ("The answer was clear, but damaged bytes in the reply had to be replaced."));
}

/**
 * semio_reply_read_content:
 * @reply: gets state, answer, explanation, problem, and reasoning when the text begins with it
 * @content: what a model wrote, of any bytes
 * @length: how many, or -1
 * @domain: what was asked
 */
void
semio_reply_read_content (SemioModelReply *reply, const char *content, gssize length, const SemioReplyDomain *domain)
{
  gsize n_bytes = length < 0 ? strlen (content) : (gsize) length;
  g_autofree char *valid = NULL;
  char *text;

  semio_model_reply_set_unusable (reply, NULL);
  if (n_bytes > SEMIO_REPLY_MAX_BYTES)
    {
      semio_model_reply_set_unusable (reply, _ ("The model wrote far more than an answer."));
      return;
    }
  /* A NUL becomes the replacement character here as well. */
  valid = g_strstrip (g_utf8_make_valid (content, (gssize) n_bytes));
  text = valid;
  if (!take_thoughts (reply, &text))
    semio_model_reply_set_unusable (reply, _ ("The model only thought aloud and gave no answer."));
  else if (text[0] == '\0')
    semio_model_reply_set_unusable (reply, _ ("The model's answer is empty."));
  else
    read_text (reply, text, strlen (text), domain);
  if (!g_utf8_validate_len (content, n_bytes, NULL))
    semio_reply_mark_damaged (reply);
}
