/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-verdict.h"

#include <glib/gi18n-lib.h>

#include "semio-mllm-error.h"

static SemioVerdict
read_error (const GError *error, SemioModelReply *reply, GError **stop)
{
  semio_model_reply_set_unusable (reply, error->message);
  if (error->domain == SEMIO_MLLM_ERROR)
    {
      switch (error->code)
        {
        case SEMIO_MLLM_ERROR_UNREACHABLE:
          return SEMIO_VERDICT_AWAY;
        case SEMIO_MLLM_ERROR_CONNECTION:
        case SEMIO_MLLM_ERROR_TIMEOUT:
          return SEMIO_VERDICT_RETRY;
        default:
          break;
        }
    }
  g_propagate_error (stop, g_error_copy (error));
  return SEMIO_VERDICT_STOP;
}

static SemioVerdict
read_refusal (const SemioResponse *response, const char *host, SemioModelReply *reply, GError **stop)
{
  g_autofree char *words = semio_reply_read_refusal (response->body);
  g_autofree char *problem = NULL;
  gint64 n_prompt = -1;
  gint64 n_context = -1;

  if (semio_reply_is_context_overflow (response->status, response->body, &n_prompt, &n_context))
    {
      if (n_prompt >= 0 && n_context >= 0)
        problem = g_strdup_printf (_ ("The request came to %" G_GINT64_FORMAT " tokens, and the model takes %" G_GINT64_FORMAT
                                      ". Send fewer or smaller pictures, or let the server take more."),
                                   n_prompt, n_context);
      else
        problem = g_strdup_printf (_ ("The request was longer than the model takes: %s"), words);
      semio_model_reply_set_unusable (reply, problem);
      return SEMIO_VERDICT_DONE;
    }
  if (response->status == 413)
    problem =
        g_strdup_printf (_ ("The request was larger than %s, or a proxy before it, takes (HTTP 413: %s). Send fewer or smaller "
                            "pictures, or let larger requests through there."),
                         host, words);
  else
    problem = g_strdup_printf (_ ("%s refused with HTTP %u: %s"), host, response->status, words);
  semio_model_reply_set_unusable (reply, problem);
  switch (response->status)
    {
    case 401:
    case 403:
      g_set_error (stop, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED,
                   _ ("%s does not accept the key, or none was given (HTTP %u): %s"), host, response->status, words);
      return SEMIO_VERDICT_STOP;
    case 429:
      return SEMIO_VERDICT_BUSY;
    case 502:
    case 503:
    case 504:
      return SEMIO_VERDICT_AWAY;
    default:
      return response->status == 408 || response->status >= 500 ? SEMIO_VERDICT_RETRY : SEMIO_VERDICT_DONE;
    }
}

SemioVerdict
semio_verdict_read (const SemioResponse *response, const GError *error, const char *host, const SemioReplyDomain *domain,
                    SemioModelReply *reply, GError **stop)
{
  if (response == NULL)
    return read_error (error, reply, stop);
  reply->http_status = (int) response->status;
  reply->first_us = response->first_us;
  reply->total_us = response->total_us;
  reply->raw = g_bytes_ref (response->body);
  if (response->status < 200 || response->status >= 300)
    return read_refusal (response, host, reply, stop);
  if (response->truncated)
    {
      g_autofree char *problem = g_strdup_printf (_ ("%s sent more than %d MiB for one answer, so the rest was not read."), host,
                                                  SEMIO_REPLY_MAX_BYTES / (1024 * 1024));

      semio_model_reply_set_unusable (reply, problem);
      return SEMIO_VERDICT_DONE;
    }
  semio_reply_read_body (reply, response->body, domain);
  return g_strcmp0 (reply->finish_reason, "length") == 0 ? SEMIO_VERDICT_CUT : SEMIO_VERDICT_DONE;
}
