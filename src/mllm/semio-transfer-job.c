/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-transfer-job.h"

#include <arpa/inet.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "semio-mllm-error.h"
#include "semio-text.h"

#define CONNECT_TIMEOUT_S 20
/* What a request gets that names no limit. */
#define DEFAULT_MAX_BYTES (1024 * 1024)
#define MAX_HEAD_BYTES (128 * 1024)
#define MAX_SHOWN_CHARS 200
#define SEND_BUFFER_BYTES (512 * 1024)
#define MAX_RETRY_AFTER_S (7 * 24 * 3600)

/* ── making one ── */

/* A line break in a key would begin a header of its own. */
static gboolean
check_key (const char *key, GError **error)
{
  for (const char *c = key; c != NULL && *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        {
          g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID,
                       _ ("The key holds a blank or a character that no key has. Enter it again."));
          return FALSE;
        }
    }
  return TRUE;
}

/* The address is put together from what was understood of it, so that curl cannot understand it otherwise. */
static gboolean
read_url (SemioTransferJob *job, const char *text, GError **error)
{
  SemioBaseUrl url = { 0 };
  const char *authority;
  const char *path;

  if (!semio_base_url_parse (text, &url, error))
    return FALSE;
  authority = strstr (text, "://") + 3;
  path = strchr (authority, '/');
  job->place = g_strconcat (url.is_plain ? "http://" : "https://", url.host, NULL);
  job->url = g_strconcat (job->place, path != NULL ? path : "/", NULL);
  job->host = g_strdup (url.host);
  job->is_loopback = url.is_loopback;
  semio_base_url_clear (&url);
  return TRUE;
}

SemioTransferJob *
semio_transfer_job_new (const SemioRequest *request, GError **error)
{
  SemioTransferJob *job = g_new0 (SemioTransferJob, 1);

  job->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (!read_url (job, request->url, error) || !check_key (request->key, error))
    {
      semio_transfer_job_free (job);
      return NULL;
    }
  job->method = g_strdup (request->method);
  job->content_type = g_strdup (request->content_type);
  if (request->key != NULL && *request->key != '\0')
    job->authorization = semio_secret_text_new ("Authorization: Bearer ", request->key);
  for (guint i = 0; request->parts != NULL && request->parts[i] != NULL; i++)
    {
      g_ptr_array_add (job->parts, g_bytes_ref (request->parts[i]));
      job->n_body += g_bytes_get_size (request->parts[i]);
    }
  job->max_bytes = request->max_bytes > 0 ? request->max_bytes : DEFAULT_MAX_BYTES;
  job->timeout_s = request->timeout_s;
  job->stall_s = request->stall_s;
  return job;
}

void
semio_transfer_job_free (SemioTransferJob *job)
{
  semio_transfer_job_end (job);
  g_free (job->method);
  g_free (job->url);
  g_free (job->host);
  g_free (job->place);
  g_free (job->content_type);
  g_free (job->retry_after);
  g_free (job->location);
  g_ptr_array_unref (job->parts);
  g_clear_pointer (&job->body, g_byte_array_unref);
  g_clear_pointer (&job->authorization, semio_secret_text_free);
  g_free (job);
}

/* ── what curl calls ── */

static size_t
read_cb (char *buffer, size_t size, size_t n_items, void *data)
{
  SemioTransferJob *job = data;
  gsize room = size * n_items;
  gsize filled = 0;

  while (filled < room && job->part < job->parts->len)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (job->parts->pdata[job->part], &length);
      gsize taken = MIN (room - filled, length - job->part_offset);

      memcpy (buffer + filled, bytes + job->part_offset, taken);
      filled += taken;
      job->part_offset += taken;
      if (job->part_offset < length)
        break;
      job->part++;
      job->part_offset = 0;
    }
  job->n_sent += filled;
  job->last_us = g_get_monotonic_time ();
  return filled;
}

/* A kept connection that had died meanwhile makes curl send the body once more from its beginning. */
static int
seek_cb (void *data, curl_off_t offset, int origin)
{
  SemioTransferJob *job = data;
  gsize left = (gsize) offset;

  if (origin != SEEK_SET || offset < 0 || left > job->n_body)
    return CURL_SEEKFUNC_CANTSEEK;
  job->n_sent = left;
  for (job->part = 0; job->part < job->parts->len; job->part++)
    {
      gsize length = g_bytes_get_size (job->parts->pdata[job->part]);

      if (left < length)
        break;
      left -= length;
    }
  job->part_offset = left;
  return CURL_SEEKFUNC_OK;
}

static size_t
write_cb (char *data, size_t size, size_t n_items, void *user_data)
{
  SemioTransferJob *job = user_data;
  gsize length = size * n_items;
  gsize room = job->max_bytes - job->body->len;

  job->last_us = g_get_monotonic_time ();
  g_byte_array_append (job->body, (const guint8 *) data, (guint) MIN (length, room));
  if (length <= room)
    return length;
  job->is_truncated = TRUE;
  return 0;
}

static void
keep_header (char **kept, const char *line, gsize length, const char *name)
{
  gsize n_name = strlen (name);

  if (length <= n_name || g_ascii_strncasecmp (line, name, n_name) != 0)
    return;
  g_free (*kept);
  *kept = g_strstrip (g_strndup (line + n_name, length - n_name));
}

static size_t
header_cb (char *line, size_t size, size_t n_items, void *data)
{
  SemioTransferJob *job = data;
  gsize length = size * n_items;

  job->last_us = g_get_monotonic_time ();
  if (job->first_us < 0)
    job->first_us = job->last_us - job->start_us;
  job->n_head += length;
  if (job->n_head > MAX_HEAD_BYTES)
    return 0;
  keep_header (&job->retry_after, line, length, "retry-after:");
  keep_header (&job->location, line, length, "location:");
  return length;
}

static gboolean
is_loopback_address (const struct sockaddr *address)
{
  if (address->sa_family == AF_INET)
    return ntohl (((const struct sockaddr_in *) (const void *) address)->sin_addr.s_addr) >> 24 == 127;
  if (address->sa_family == AF_INET6)
    return IN6_IS_ADDR_LOOPBACK (&((const struct sockaddr_in6 *) (const void *) address)->sin6_addr);
  return FALSE;
}

/* The last word on where a connection goes: by the real address, after every name was looked up. */
static curl_socket_t
open_socket_cb (void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
  SemioTransferJob *job = data;

  if (!is_loopback_address (&address->addr))
    {
      job->leads_away = job->is_loopback;
      job->is_shut = semio_transfer_is_offline ();
      if (job->leads_away || job->is_shut)
        return CURL_SOCKET_BAD;
    }
  return socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ── setting the handle ── */

static void
set_headers (SemioTransferJob *job, CURL *easy)
{
  struct curl_slist *last;

  job->headers = curl_slist_append (NULL, "Accept: application/json");
  /* Without it curl may wait a second for a "100 Continue" before each large body. */
  job->headers = curl_slist_append (job->headers, "Expect:");
  if (job->content_type != NULL)
    {
      g_autofree char *line = g_strconcat ("Content-Type: ", job->content_type, NULL);

      job->headers = curl_slist_append (job->headers, line);
    }
  if (job->authorization != NULL)
    {
      for (last = job->headers; last->next != NULL; last = last->next)
        continue;
      job->secret_header.data = semio_secret_text_get (job->authorization);
      last->next = &job->secret_header;
    }
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, job->headers);
}

static void
set_rules (SemioTransferJob *job, CURL *easy)
{
  const char *authorities = g_getenv ("SSL_CERT_FILE");

  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  curl_easy_setopt (easy, CURLOPT_PROXY, "");
  curl_easy_setopt (easy, CURLOPT_NOPROXY, "*");
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (authorities != NULL && *authorities != '\0')
    curl_easy_setopt (easy, CURLOPT_CAINFO, authorities);
  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt (easy, CURLOPT_PIPEWAIT, g_str_has_prefix (job->url, "https") ? 1L : 0L);
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  /* Else taking a handle away would wait for a name that is being looked up. */
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_TIMEOUT_S);
  curl_easy_setopt (easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, "Semioscope");
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETFUNCTION, open_socket_cb);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETDATA, job);
}

void
semio_transfer_job_begin (SemioTransferJob *job, CURL *easy)
{
  job->easy = easy;
  job->body = g_byte_array_new ();
  job->start_us = job->last_us = g_get_monotonic_time ();
  job->first_us = -1;
  set_rules (job, easy);
  curl_easy_setopt (easy, CURLOPT_URL, job->url);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, job);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, job->error_text);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, write_cb);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, job);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, header_cb);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, job);
  if (g_str_equal (job->method, "POST"))
    {
      curl_easy_setopt (easy, CURLOPT_POST, 1L);
      curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) job->n_body);
      curl_easy_setopt (easy, CURLOPT_READFUNCTION, read_cb);
      curl_easy_setopt (easy, CURLOPT_READDATA, job);
      curl_easy_setopt (easy, CURLOPT_SEEKFUNCTION, seek_cb);
      curl_easy_setopt (easy, CURLOPT_SEEKDATA, job);
      curl_easy_setopt (easy, CURLOPT_UPLOAD_BUFFERSIZE, (long) SEND_BUFFER_BYTES);
    }
  set_headers (job, easy);
}

void
semio_transfer_job_end (SemioTransferJob *job)
{
  for (struct curl_slist *item = job->headers; item != NULL; item = item->next)
    {
      if (item->next == &job->secret_header)
        item->next = NULL;
    }
  g_clear_pointer (&job->headers, curl_slist_free_all);
  job->easy = NULL;
}

gint64
semio_transfer_job_get_deadline (const SemioTransferJob *job)
{
  gint64 deadline_us = G_MAXINT64;
  /* A model that thinks sends nothing, and that may take as long as the whole may. */
  gboolean thinks = job->n_sent >= job->n_body && job->first_us < 0;

  if (job->timeout_s > 0)
    deadline_us = job->start_us + (gint64) job->timeout_s * G_USEC_PER_SEC;
  if (job->stall_s > 0 && !thinks)
    deadline_us = MIN (deadline_us, job->last_us + (gint64) job->stall_s * G_USEC_PER_SEC);
  return deadline_us;
}

/* ── what it came to ── */

void
semio_transfer_job_set_timeout_error (const SemioTransferJob *job, GError **error)
{
  gint64 waited_s = (g_get_monotonic_time () - job->start_us) / G_USEC_PER_SEC;

  if (job->first_us < 0)
    g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_TIMEOUT,
                 ngettext ("%s gave no answer within %d second. It may be busy, or a longer time may be set.",
                           "%s gave no answer within %d seconds. It may be busy, or a longer time may be set.",
                           (gulong) waited_s),
                 job->host, (int) waited_s);
  else
    g_set_error (
        error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_TIMEOUT,
        ngettext ("The answer of %s stopped in the middle, after %d second. Ask again, or look what holds the server up.",
                  "The answer of %s stopped in the middle, after %d seconds. Ask again, or look what holds the server up.",
                  (gulong) waited_s),
        job->host, (int) waited_s);
}

void
semio_transfer_job_set_offline_error (const SemioTransferJob *job, GError **error)
{
  g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_OFFLINE,
               _ ("Nothing was sent to %s, because the program is set to stay offline."), job->host);
}

static void
set_curl_error (const SemioTransferJob *job, CURLcode code, GError **error)
{
  g_autofree char *detail =
      semio_text_clean (job->error_text[0] != '\0' ? job->error_text : curl_easy_strerror (code), -1, MAX_SHOWN_CHARS);

  switch (code)
    {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_CERTIFICATE,
                   _ ("%s could not prove who it is, so nothing was sent to it: %s. Ask who runs it for a valid certificate."),
                   job->host, detail);
      return;
    case CURLE_OPERATION_TIMEDOUT:
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_UNREACHABLE,
                   _ ("%s could not be reached in time. Check that it runs."), job->host);
      return;
    case CURLE_COULDNT_RESOLVE_HOST:
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_UNREACHABLE,
                   _ ("The machine %s could not be found. Check its name and the network."), job->host);
      return;
    case CURLE_COULDNT_CONNECT:
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_UNREACHABLE,
                   _ ("%s could not be reached. Check that the server runs and that the address is right."), job->host);
      return;
    default:
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_CONNECTION, _ ("The connection to %s broke: %s."), job->host,
                   detail);
      return;
    }
}

static gint64
read_retry_after (const char *text)
{
  guint64 seconds;
  time_t date;
  gint64 wait_s;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (gint64) MIN (seconds, MAX_RETRY_AFTER_S) * G_USEC_PER_SEC;
  date = curl_getdate (text, NULL);
  if (date < 0)
    return -1;
  wait_s = (gint64) date - g_get_real_time () / G_USEC_PER_SEC;
  return CLAMP (wait_s, 0, MAX_RETRY_AFTER_S) * G_USEC_PER_SEC;
}

static void
set_redirect_error (const SemioTransferJob *job, GError **error)
{
  g_autofree char *where = semio_text_clean (job->location != NULL ? job->location : "", -1, MAX_SHOWN_CHARS);

  g_set_error (
      error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REDIRECT,
      _ ("%s points to another address (“%s”). Nothing was sent there; if it is the right one, set it as the server's address."),
      job->host, where);
}

SemioResponse *
semio_transfer_job_take_response (SemioTransferJob *job, CURLcode code, GError **error)
{
  SemioResponse *response;
  long status = 0;

  curl_easy_getinfo (job->easy, CURLINFO_RESPONSE_CODE, &status);
  if (job->is_shut)
    {
      semio_transfer_job_set_offline_error (job, error);
      return NULL;
    }
  if (job->leads_away)
    {
      g_set_error (
          error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REDIRECT,
          _ ("The name %s stands for this machine, but leads to another one here. Nothing was sent; write 127.0.0.1 instead."),
          job->host);
      return NULL;
    }
  if (status >= 300 && status < 400)
    {
      set_redirect_error (job, error);
      return NULL;
    }
  /* A server may refuse a body that it has not read to its end. */
  if (code != CURLE_OK && !job->is_truncated && !(code == CURLE_SEND_ERROR && status >= 400))
    {
      set_curl_error (job, code, error);
      return NULL;
    }
  response = g_new0 (SemioResponse, 1);
  response->status = (guint) status;
  response->body = g_byte_array_free_to_bytes (g_steal_pointer (&job->body));
  response->truncated = job->is_truncated;
  response->retry_after_us = read_retry_after (job->retry_after);
  response->first_us = job->first_us;
  response->total_us = g_get_monotonic_time () - job->start_us;
  return response;
}
