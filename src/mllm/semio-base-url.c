/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-endpoint.h"

#include <arpa/inet.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>

#include "semio-mllm-error.h"
#include "semio-text.h"

#define MAX_SHOWN_CHARS 80
#define MAX_URL_BYTES 2048
#define MAX_NAME_BYTES 253

G_GNUC_PRINTF (3, 4)
static gboolean
refuse (const char *text, GError **error, const char *format, ...)
{
  /* What stands before an @ may be a password, and a message may be shown or kept. */
  const char *at = text != NULL ? strrchr (text, '@') : NULL;
  g_autofree char *shown = semio_text_clean (at != NULL ? at + 1 : text != NULL ? text : "", -1, MAX_SHOWN_CHARS);
  g_autofree char *why = NULL;
  va_list arguments;

  va_start (arguments, format);
  why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("“%s” is not the address of a server: %s"), shown, why);
  return FALSE;
}

/* Exactly four decimal numbers without leading zeros: every other way to write an IPv4 address means something else to
 * somebody, so none of them is taken. */
static gboolean
is_dotted_quad (const char *host, guint8 bytes[4])
{
  for (guint i = 0; i < 4; i++)
    {
      guint value = 0;
      guint n_digits = 0;

      for (; g_ascii_isdigit (*host) && n_digits < 4; host++, n_digits++)
        value = value * 10 + (guint) (*host - '0');
      if (n_digits == 0 || n_digits > 3 || value > 255 || (n_digits > 1 && host[-(int) n_digits] == '0'))
        return FALSE;
      bytes[i] = (guint8) value;
      if (i < 3 && *host++ != '.')
        return FALSE;
    }
  return *host == '\0';
}

/* "0x7f.1", "2130706433", "127.1": what resolvers take for an IPv4 address ends in a label that is a number. */
static gboolean
ends_in_number (const char *host)
{
  const char *label = strrchr (host, '.');

  label = label != NULL ? label + 1 : host;
  if (label[0] == '0' && (label[1] == 'x' || label[1] == 'X'))
    return TRUE;
  return *label != '\0' && strspn (label, "0123456789") == strlen (label);
}

static gboolean
is_name (const char *host)
{
  gsize length = strlen (host);
  gsize label = 0;

  if (length == 0 || length > MAX_NAME_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (host[i] == '.')
        {
          if (label == 0)
            return FALSE;
          label = 0;
          continue;
        }
      if (!g_ascii_isalnum (host[i]) && host[i] != '_' && !(host[i] == '-' && label > 0))
        return FALSE;
      if (++label > 63)
        return FALSE;
    }
  return label > 0;
}

/* Fills host (lower case, IPv6 in brackets) and whether it is this machine. */
static gboolean
read_host (const char *text, const char *host, SemioBaseUrl *url, char **shown, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);
  guint8 quad[4];

  if (lower[0] == '[')
    {
      g_autofree char *inner = g_strndup (lower + 1, strlen (lower) > 2 ? strlen (lower) - 2 : 0);
      char canonical[INET6_ADDRSTRLEN];
      struct in6_addr address;

      if (!g_str_has_suffix (lower, "]") || inet_pton (AF_INET6, inner, &address) != 1)
        return refuse (text, error, _ ("between its brackets stands no IPv6 address. Write it like [2001:db8::1]."));
      inet_ntop (AF_INET6, &address, canonical, sizeof canonical);
      url->is_loopback = IN6_IS_ADDR_LOOPBACK (&address);
      *shown = g_strdup_printf ("[%s]", canonical);
      return TRUE;
    }
  if (is_dotted_quad (lower, quad))
    url->is_loopback = quad[0] == 127;
  else if (ends_in_number (lower))
    return refuse (text, error, _ ("an IPv4 address is written as four decimal numbers, like 192.168.0.10."));
  else if (!is_name (lower))
    return refuse (text, error, _ ("“%s” cannot be the name of a machine. Use letters, digits, hyphens and points."), host);
  else
    url->is_loopback = g_str_equal (lower, "localhost");
  *shown = g_steal_pointer (&lower);
  return TRUE;
}

static gboolean
read_port (const char *text, const char *digits, guint *port, GError **error)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT16, &value, NULL))
    return refuse (text, error, _ ("its port must be a number from 1 to 65535."));
  *port = (guint) value;
  return TRUE;
}

/* "host", "host:port", "[v6]:port". */
static gboolean
read_authority (const char *text, const char *authority, SemioBaseUrl *url, GError **error)
{
  const char *colon = strrchr (authority, ':');
  const char *bracket = strrchr (authority, ']');
  guint usual = url->is_plain ? 80 : 443;
  guint port = usual;
  g_autofree char *host = NULL;
  g_autofree char *shown = NULL;

  if (*authority == '\0')
    return refuse (text, error, _ ("the name of a machine is missing."));
  if (strchr (authority, '@') != NULL)
    return refuse (text, error, _ ("a user or password does not belong in it. Give a key in its own field."));
  if (colon != NULL && bracket != NULL && colon < bracket)
    colon = NULL;
  if (colon != NULL && !read_port (text, colon + 1, &port, error))
    return FALSE;
  host = colon != NULL ? g_strndup (authority, (gsize) (colon - authority)) : g_strdup (authority);
  if (!read_host (text, host, url, &shown, error))
    return FALSE;
  url->host = port == usual ? g_strdup (shown) : g_strdup_printf ("%s:%u", shown, port);
  return TRUE;
}

/* Without closing slashes, and without the /v1 that people copy along. */
static gboolean
read_path (const char *text, const char *path, char **kept, GError **error)
{
  g_autofree char *trimmed = g_strdup (path);
  g_auto (GStrv) segments = NULL;

  for (gsize length = strlen (trimmed); length > 0 && trimmed[length - 1] == '/'; length--)
    trimmed[length - 1] = '\0';
  if (g_str_has_suffix (trimmed, "/v1"))
    trimmed[strlen (trimmed) - 3] = '\0';
  for (gsize length = strlen (trimmed); length > 0 && trimmed[length - 1] == '/'; length--)
    trimmed[length - 1] = '\0';
  segments = g_strsplit (trimmed, "/", -1);
  for (guint i = 0; segments[i] != NULL; i++)
    {
      if (g_str_equal (segments[i], ".") || g_str_equal (segments[i], ".."))
        return refuse (text, error, _ ("its path leads back and forth."));
    }
  *kept = g_steal_pointer (&trimmed);
  return TRUE;
}

static gboolean
check_characters (const char *text, const char *stripped, GError **error)
{
  if (strlen (stripped) > MAX_URL_BYTES)
    return refuse (text, error, _ ("it is too long."));
  for (const char *c = stripped; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c) || strchr ("\\\"<>^`{|}", *c) != NULL)
        return refuse (
            text, error,
            _ ("it holds a blank or a character that no address has. A name with other letters is written in its xn-- form."));
    }
  if (strchr (stripped, '?') != NULL)
    return refuse (text, error, _ ("a query (what follows “?”) does not belong in it."));
  if (strchr (stripped, '#') != NULL)
    return refuse (text, error, _ ("a fragment (what follows “#”) does not belong in it."));
  return TRUE;
}

/**
 * semio_base_url_parse:
 * @text: what a person wrote
 * @url: (out caller-allocates): filled on success; clear it with semio_base_url_clear()
 * @error: return location for a #GError
 *
 * Reads the base URL of a server. Strict, because consent is given to what stands in @url->host: what two readers could
 * understand in two ways is refused.
 *
 * Returns: %FALSE with a sentence that says what is wrong
 */
gboolean
semio_base_url_parse (const char *text, SemioBaseUrl *url, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autofree char *authority = NULL;
  g_autofree char *path = NULL;
  const char *rest;
  gsize length;
  SemioBaseUrl read = { 0 };

  memset (url, 0, sizeof *url);
  if (!check_characters (text, stripped, error))
    return FALSE;
  if (g_ascii_strncasecmp (stripped, "https://", 8) == 0)
    rest = stripped + 8;
  else if (g_ascii_strncasecmp (stripped, "http://", 7) == 0)
    rest = stripped + 7;
  else
    return refuse (text, error, _ ("it must begin with https:// or http://."));
  read.is_plain = rest == stripped + 7;
  length = strcspn (rest, "/");
  authority = g_strndup (rest, length);
  if (!read_path (text, rest + length, &path, error) || !read_authority (text, authority, &read, error))
    return FALSE;
  read.url = g_strconcat (read.is_plain ? "http://" : "https://", read.host, path, NULL);
  *url = read;
  return TRUE;
}

/**
 * semio_base_url_clear:
 * @url: one that semio_base_url_parse() filled, or zeroes
 *
 * Frees what it holds.
 */
void
semio_base_url_clear (SemioBaseUrl *url)
{
  g_free (url->url);
  g_free (url->host);
  memset (url, 0, sizeof *url);
}
