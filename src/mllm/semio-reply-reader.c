/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server sent as a whole: choices, usage, refusals. Nothing in it is believed before it was checked. */
#include "semio-config.h"

#include "semio-reply-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-loose-json.h"
#include "semio-reply-private.h"
#include "semio-text.h"

#define MAX_REFUSAL_BYTES (256 * 1024)
#define MAX_REFUSAL_CHARS 500
#define MAX_WORD_CHARS 100
#define MAX_TOKENS (G_GINT64_CONSTANT (1) << 40)

/* The body as valid UTF-8 and as a value; NULL when it is none. is_intact (out, nullable): whether nothing in it had to be
 * repaired for that: no byte replaced, no NUL, nothing that JSON does not allow. */
static SemioLooseValue *
parse_body (GBytes *body, gsize max_bytes, gboolean *is_intact)
{
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  g_autofree char *valid = NULL;

  if (data == NULL || length == 0 || length > max_bytes)
    return NULL;
  if (g_utf8_validate_len (data, length, NULL))
    return semio_loose_json_parse (data, length, NULL, is_intact);
  if (is_intact != NULL)
    *is_intact = FALSE;
  valid = g_utf8_make_valid (data, (gssize) length);
  return semio_loose_json_parse (valid, strlen (valid), NULL, NULL);
}

static char *
clean_or_null (const char *text, gsize max_chars)
{
  char *clean = text != NULL ? g_strstrip (semio_text_clean (text, -1, max_chars)) : NULL;

  if (clean != NULL && clean[0] == '\0')
    g_clear_pointer (&clean, g_free);
  return clean;
}

static gint64
get_tokens (const SemioLooseValue *usage, const char *name)
{
  gint64 tokens = semio_loose_value_get_int (usage, name, -1);

  return tokens >= 0 && tokens <= MAX_TOKENS ? tokens : -1;
}

static void
read_usage (SemioModelReply *reply, const SemioLooseValue *root)
{
  const SemioLooseValue *usage = semio_loose_value_get (root, "usage");
  const SemioLooseValue *details = semio_loose_value_get (usage, "prompt_tokens_details");

  reply->prompt_tokens = get_tokens (usage, "prompt_tokens");
  reply->completion_tokens = get_tokens (usage, "completion_tokens");
  reply->cached_tokens = get_tokens (details, "cached_tokens");
  /* llama.cpp of before it filled the details. */
  if (reply->cached_tokens < 0)
    reply->cached_tokens = get_tokens (semio_loose_value_get (root, "timings"), "cache_n");
}

/* A message's content is a text, or a list of parts with texts. */
static char *
join_content (const SemioLooseValue *content)
{
  GString *text;

  if (content == NULL || content->kind == SEMIO_LOOSE_NULL)
    return NULL;
  if (content->kind == SEMIO_LOOSE_TEXT)
    return g_strdup (content->text);
  text = g_string_new (NULL);
  for (guint i = 0; i < semio_loose_value_get_length (content); i++)
    {
      const char *part = semio_loose_value_get_text (semio_loose_value_get_element (content, i), "text");

      if (part != NULL)
        g_string_append (text, part);
    }
  return g_string_free (text, FALSE);
}

/* The server's own words in a refusal of any of the known shapes. */
static const char *
find_message (const SemioLooseValue *root)
{
  const SemioLooseValue *error = semio_loose_value_get (root, "error");
  const SemioLooseValue *detail = semio_loose_value_get (root, "detail");
  const char *message = NULL;

  if (error != NULL && error->kind == SEMIO_LOOSE_TEXT)
    return error->text;
  message = semio_loose_value_get_text (error, "message");
  if (message == NULL)
    message = semio_loose_value_get_text (root, "message");
  if (message == NULL && detail != NULL && detail->kind == SEMIO_LOOSE_TEXT)
    message = detail->text;
  if (message == NULL)
    message = semio_loose_value_get_text (semio_loose_value_get_element (detail, 0), "msg");
  return message;
}

static void
read_choice (SemioModelReply *reply, const SemioLooseValue *choice, const SemioReplyDomain *domain)
{
  const SemioLooseValue *message = semio_loose_value_get (choice, "message");
  const char *reasoning = semio_loose_value_get_text (message, "reasoning_content");
  const char *refusal = semio_loose_value_get_text (message, "refusal");
  g_autofree char *content = join_content (semio_loose_value_get (message, "content"));

  if (reasoning == NULL)
    reasoning = semio_loose_value_get_text (message, "reasoning");
  reply->reasoning = clean_or_null (reasoning, SEMIO_REASONING_MAX_CHARS);
  reply->finish_reason = clean_or_null (semio_loose_value_get_text (choice, "finish_reason"), MAX_WORD_CHARS);
  if (g_strcmp0 (reply->finish_reason, "length") == 0)
    semio_model_reply_set_unusable (reply, _ ("The answer was cut: it was longer than the limit of the run."));
  else if (g_strcmp0 (reply->finish_reason, "content_filter") == 0)
    semio_model_reply_set_unusable (reply, _ ("The server's content filter held the answer back."));
  else if (refusal != NULL && refusal[0] != '\0' && (content == NULL || content[0] == '\0'))
    {
      g_autofree char *clean = semio_text_clean (refusal, -1, MAX_REFUSAL_CHARS);
      g_autofree char *problem = g_strdup_printf (_ ("The model refused to answer: %s"), clean);

      semio_model_reply_set_unusable (reply, problem);
    }
  else if (content == NULL)
    semio_model_reply_set_unusable (reply, reply->reasoning ? _ ("The model only thought aloud and gave no answer.")
                                                            : _ ("The server's reply holds no answer."));
  else
    semio_reply_read_content (reply, content, -1, domain);
}

/**
 * semio_reply_read_body:
 * @reply: gets state, answer, explanation, reasoning, problem, finish reason and tokens; the rest stays
 * @body: of an answer with status 200, of any bytes
 * @domain: what was asked
 *
 * An answer that was cut (finish reason "length") is unusable whatever stands in it; the finish reason tells it apart.
 */
void
semio_reply_read_body (SemioModelReply *reply, GBytes *body, const SemioReplyDomain *domain)
{
  g_autoptr (SemioLooseValue) root = NULL;
  const SemioLooseValue *choice;
  const char *message;
  gboolean is_intact = TRUE;

  semio_model_reply_set_unusable (reply, NULL);
  g_clear_pointer (&reply->reasoning, g_free);
  g_clear_pointer (&reply->finish_reason, g_free);
  reply->prompt_tokens = reply->cached_tokens = reply->completion_tokens = -1;
  if (g_bytes_get_size (body) > SEMIO_REPLY_MAX_BYTES)
    {
      semio_model_reply_set_unusable (reply, _ ("The server's reply is far too long."));
      return;
    }
  root = parse_body (body, SEMIO_REPLY_MAX_BYTES, &is_intact);
  if (root == NULL || root->kind != SEMIO_LOOSE_OBJECT)
    {
      semio_model_reply_set_unusable (reply, _ ("The server's reply is not JSON that can be read."));
      return;
    }
  read_usage (reply, root);
  choice = semio_loose_value_get_element (semio_loose_value_get (root, "choices"), 0);
  message = choice == NULL ? find_message (root) : NULL;
  if (choice != NULL)
    {
      read_choice (reply, choice, domain);
      if (!is_intact)
        semio_reply_mark_damaged (reply);
    }
  else if (message != NULL)
    {
      g_autofree char *clean = semio_text_clean (message, -1, MAX_REFUSAL_CHARS);
      g_autofree char *problem = g_strdup_printf (_ ("The server answered with an error: %s"), clean);

      semio_model_reply_set_unusable (reply, problem);
    }
  else
    semio_model_reply_set_unusable (reply, _ ("The server's reply holds no answer."));
}

/* In one line. */
static char *
flatten (const char *text)
{
  g_autofree char *clean = semio_text_clean (text, -1, MAX_REFUSAL_CHARS);
  GString *line = g_string_new (NULL);

  for (const char *p = clean; *p != '\0'; p++)
    {
      char c = *p == '\n' || *p == '\t' ? ' ' : *p;

      if (c != ' ' || (line->len > 0 && line->str[line->len - 1] != ' '))
        g_string_append_c (line, c);
    }
  return g_strchomp (g_string_free (line, FALSE));
}

/**
 * semio_reply_read_refusal:
 * @body: (nullable): of an answer that refuses, any bytes
 *
 * Returns: (transfer full): the server's own words in one line, or that there are none; a page of HTML is none.
 * Callers tell the status.
 */
char *
semio_reply_read_refusal (GBytes *body)
{
  g_autoptr (SemioLooseValue) root = parse_body (body, MAX_REFUSAL_BYTES, NULL);
  const char *message = find_message (root);
  g_autofree char *words = NULL;
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  if (message != NULL)
    words = flatten (message);
  else if (root == NULL && data != NULL && length > 0 && memchr (data, '<', MIN (length, 1024)) == NULL
           && memchr (data, '{', MIN (length, 1024)) == NULL)
    {
      g_autofree char *start = g_strndup (data, MIN (length, 4 * MAX_REFUSAL_CHARS));

      words = flatten (start);
    }
  if (words == NULL || words[0] == '\0')
    return g_strdup (_ ("no reason was given"));
  return g_steal_pointer (&words);
}

/* The number that a pattern catches, or -1. */
static gint64
find_number (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *digits = NULL;
  gint64 number = -1;

  if (regex != NULL && g_regex_match (regex, text, 0, &match))
    digits = g_match_info_fetch (match, 1);
  if (digits != NULL && (!semio_text_to_int64 (digits, &number, NULL) || number > MAX_TOKENS))
    number = -1;
  return number;
}

static gint64
find_first_number (const char *text, const char *const *patterns)
{
  for (guint i = 0; patterns[i] != NULL; i++)
    {
      gint64 number = find_number (text, patterns[i]);

      if (number >= 0)
        return number;
    }
  return -1;
}

/* What vLLM, SGLang, LMDeploy and hosted services say. */
static const char *const context_patterns[] = {
  "(?:maximum )?(?:context|model) length (?:is|of) \\(?([0-9]{1,12})",
  "context length \\(([0-9]{1,12})",
  "context (?:window|size) (?:is|of|\\() ?\\(?([0-9]{1,12})",
  NULL,
};
static const char *const prompt_patterns[] = {
  "\\(([0-9]{1,12}) in the messages",
  "(?:has|contains|resulted in) ([0-9]{1,12}) (?:input )?tokens",
  "\\((?:length )?([0-9]{1,12})(?: tokens)?\\) is longer",
  "input \\(([0-9]{1,12}) tokens\\)",
  "requested ([0-9]{1,12}) tokens",
  NULL,
};

/**
 * semio_reply_is_context_overflow:
 * @http_status: of a refusal
 * @body: (nullable): its body
 * @n_prompt: (out): tokens of the request, -1 when not told
 * @n_context: (out): tokens that the model can take, -1 when not told
 *
 * Returns: whether the request was refused for its length
 */
gboolean
semio_reply_is_context_overflow (guint http_status, GBytes *body, gint64 *n_prompt, gint64 *n_context)
{
  g_autoptr (SemioLooseValue) root = parse_body (body, MAX_REFUSAL_BYTES, NULL);
  const SemioLooseValue *error = semio_loose_value_get (root, "error");
  const char *message = find_message (root);
  const char *type = semio_loose_value_get_text (error ? error : root, "type");
  const char *code = semio_loose_value_get_text (error ? error : root, "code");
  g_autofree char *clean = NULL;

  *n_prompt = *n_context = -1;
  if (http_status < 400 || http_status == 401 || http_status == 403 || http_status == 429)
    return FALSE;
  if (g_strcmp0 (type, "exceed_context_size_error") == 0)
    {
      *n_prompt = get_tokens (error, "n_prompt_tokens");
      *n_context = get_tokens (error, "n_ctx");
      return TRUE;
    }
  clean = semio_text_clean (message, -1, 4 * MAX_REFUSAL_CHARS);
  *n_context = find_first_number (clean, context_patterns);
  *n_prompt = find_first_number (clean, prompt_patterns);
  return g_strcmp0 (code, "context_length_exceeded") == 0 || *n_context >= 0;
}
