/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-endpoint.h"
#include "semio-json.h"
#include "semio-mllm-error.h"

static void
test_good (void)
{
  static const struct {
    const char *text;
    const char *url;
    const char *host;
    gboolean is_loopback;
    gboolean is_plain;
  } cases[] = {
    { "http://127.0.0.1:8000", "http://127.0.0.1:8000", "127.0.0.1:8000", TRUE, TRUE },
    { " http://127.9.8.7/v1/ ", "http://127.9.8.7", "127.9.8.7", TRUE, TRUE },
    { "HTTP://LocalHost:80/", "http://localhost", "localhost", TRUE, TRUE },
    { "http://[::1]:8000/v1", "http://[::1]:8000", "[::1]:8000", TRUE, TRUE },
    { "https://[0:0:0:0:0:0:0:1]", "https://[::1]", "[::1]", TRUE, FALSE },
    { "https://GPU.example.org/", "https://gpu.example.org", "gpu.example.org", FALSE, FALSE },
    { "https://gpu.example.org:443/a/b//v1//", "https://gpu.example.org/a/b", "gpu.example.org", FALSE, FALSE },
    { "https://gpu.example.org:80", "https://gpu.example.org:80", "gpu.example.org:80", FALSE, FALSE },
    { "http://192.168.0.10:11434", "http://192.168.0.10:11434", "192.168.0.10:11434", FALSE, TRUE },
    /* What looks like this machine and is not. */
    { "http://127.0.0.1.evil.example", "http://127.0.0.1.evil.example", "127.0.0.1.evil.example", FALSE, TRUE },
    { "http://localhost.evil", "http://localhost.evil", "localhost.evil", FALSE, TRUE },
    { "http://localhost.", NULL, NULL, FALSE, FALSE },
    { "http://xlocalhost", "http://xlocalhost", "xlocalhost", FALSE, TRUE },
    { "http://[::ffff:127.0.0.1]", "http://[::ffff:127.0.0.1]", "[::ffff:127.0.0.1]", FALSE, TRUE },
    { "http://[::127.0.0.1]", "http://[::127.0.0.1]", "[::127.0.0.1]", FALSE, TRUE },
    { "http://[::]", "http://[::]", "[::]", FALSE, TRUE },
    { "http://0.0.0.0", "http://0.0.0.0", "0.0.0.0", FALSE, TRUE },
    { "http://128.0.0.1", "http://128.0.0.1", "128.0.0.1", FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SemioBaseUrl url = { 0 };
      g_autoptr (GError) error = NULL;
      gboolean good = semio_base_url_parse (cases[i].text, &url, &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].url == NULL)
        {
          g_assert_false (good && url.is_loopback);
        }
      else
        {
          g_assert_no_error (error);
          g_assert_true (good);
          g_assert_cmpstr (url.url, ==, cases[i].url);
          g_assert_cmpstr (url.host, ==, cases[i].host);
          g_assert_cmpint (url.is_loopback, ==, cases[i].is_loopback);
          g_assert_cmpint (url.is_plain, ==, cases[i].is_plain);
        }
      semio_base_url_clear (&url);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "localhost:8000",
    "ftp://example.org",
    "file:///etc/passwd",
    "http:/127.0.0.1",
    "http://",
    "http:///v1",
    "http://:80",
    "http://a:0",
    "http://a:65536",
    "http://a:",
    "http://a:8o",
    "http://a:-1",
    "http://a:+80",
    "http://a b",
    "http://a/b c",
    "http://a\\b",
    "http://127.0.0.1@evil.example",
    "http://me:geheim@evil.example",
    "http://evil.example#@127.0.0.1",
    "http://evil.example?x=1",
    "http://0x7f.1",
    "http://0x7f000001",
    "http://2130706433",
    "http://127.1",
    "http://0177.0.0.1",
    "http://127.0.0.01",
    "http://127.0.0.256",
    "http://127.0.0.1.",
    "http://1.2.3.4.5",
    "http://::1",
    "http://[::1",
    "http://[::1]x",
    "http://[::1%25lo]",
    "http://[]",
    "http://a..b",
    "http://-a",
    "http://a%2eb",
    "http://\303\244.example",
    "http://127\343\200\2020.0.1",
    "http://a/../b",
    "http://a\nb",
    "http://a\r\nHost: b",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      SemioBaseUrl url = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_false (semio_base_url_parse (texts[i], &url, &error));
      g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID);
      g_assert_null (url.url);
      g_assert_null (strstr (error->message, "geheim"));
      g_assert_null (strchr (error->message, '\r'));
    }
}

static void
test_json (void)
{
  g_autoptr (SemioEndpoint) endpoint = semio_endpoint_new ("Workstation in room 4");
  g_autoptr (SemioEndpoint) copy = NULL;
  g_autoptr (SemioEndpoint) back = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  g_autoptr (GError) error = NULL;
  const char *urls[] = { "http://127.0.0.1:8000", "https://gpu.example.org", NULL };

  g_strfreev (endpoint->urls);
  endpoint->urls = g_strdupv ((char **) urls);
  endpoint->model = g_strdup ("a/b");
  endpoint->dialect.sound = SEMIO_SOUND_PART_AUDIO_URL;
  endpoint->dialect.cache_salt = TRUE;
  endpoint->dialect.context_tokens = 32768;
  endpoint->dialect_probed = TRUE;
  endpoint->max_in_flight = 3;
  copy = semio_endpoint_copy (endpoint);
  node = semio_endpoint_to_json (copy);
  text = semio_json_canonical (node);
  back = semio_endpoint_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (back->urls), ==, 2);
  g_assert_cmpint (back->dialect.sound, ==, SEMIO_SOUND_PART_AUDIO_URL);
  g_assert_true (back->dialect_probed);
  again = semio_endpoint_to_json (back);
  text_again = semio_json_canonical (again);
  g_assert_cmpstr (text, ==, text_again);
}

static void
test_json_bad (void)
{
  static const char *const texts[] = {
    "[]",
    "{}",
    "{\"id\":\"x\",\"name\":\"n\",\"urls\":[]}",
    "{\"id\":\"7d444840-9dc0-41d1-b245-5ffdce74fad2\",\"name\":\"n\"}",
    "{\"id\":\"7d444840-9dc0-41d1-b245-5ffdce74fad2\",\"name\":\"n\",\"urls\":[1]}",
    "{\"id\":\"7d444840-9dc0-41d1-b245-5ffdce74fad2\",\"name\":\"n\",\"urls\":[\"http://0x7f.1\"]}",
    "{\"id\":\"7d444840-9dc0-41d1-b245-5ffdce74fad2\",\"name\":\"n\",\"urls\":[],\"dialect\":{\"sound\":\"mp3\"}}",
    "{\"id\":\"7d444840-9dc0-41d1-b245-5ffdce74fad2\",\"name\":\"n\",\"urls\":[],\"dialect\":{\"images\":1}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = semio_json_parse (texts[i], -1, 4096, &error);
      g_autoptr (SemioEndpoint) endpoint = NULL;

      g_assert_no_error (error);
      endpoint = semio_endpoint_from_json (node, &error);
      g_assert_null (endpoint);
      g_assert_nonnull (error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoint/address/good", test_good);
  g_test_add_func ("/endpoint/address/refused", test_refused);
  g_test_add_func ("/endpoint/json", test_json);
  g_test_add_func ("/endpoint/json/bad", test_json_bad);
  return g_test_run ();
}
