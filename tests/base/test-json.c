/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-json.h"

#include <string.h>

#include "semio-error.h"

#define MAX_BYTES (1024 * 1024)

static void
assert_canonical (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = semio_json_parse (text, -1, MAX_BYTES, &error);
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  canonical = semio_json_canonical (node);
  g_assert_cmpstr (canonical, ==, expected);
}

static void
assert_refused (const char *text, gssize length, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = semio_json_parse (text, length, MAX_BYTES, &error);

  g_assert_null (node);
  g_assert_error (error, SEMIO_BASE_ERROR, code);
}

static void
test_canonical (void)
{
  assert_canonical (" {\"b\" : 1, \"a\" : [ true , false , null ] } ", "{\"a\":[true,false,null],\"b\":1}");
  assert_canonical ("{}", "{}");
  assert_canonical ("[ ]", "[]");
  assert_canonical ("\"x\"", "\"x\"");
  assert_canonical ("[1, 1.0, 1.5, 1e2, -0, 0.1, 9007199254740993, -9223372036854775808]",
                    "[1,1,1.5,100,0,0.1,9007199254740993,-9223372036854775808]");
  assert_canonical ("\"\\u00e9\\u20ac\\ud83d\\ude00 \\/ \\u0001 \\n \\\" \\\\\"", "\"é€😀 / \\u0001 \\n \\\" \\\\\"");
  /* Code points: Z before a, é before the euro sign, and that before what stands outside the basic plane. */
  assert_canonical ("{\"😀\":1,\"€\":2,\"é\":3,\"a\":4,\"Z\":5,\"\":6}", "{\"\":6,\"Z\":5,\"a\":4,\"é\":3,\"€\":2,\"😀\":1}");
}

/* What is canonical stays as it is. */
static void
test_canonical_again (void)
{
  static const char text[] = "{\"a\":[1,0.30000000000000004,1e+300,\"\\t\"],\"b\":{\"c\":null}}";

  assert_canonical (text, text);
}

static void
test_refused (void)
{
  static const char *const texts[] = { "",
                                       " ",
                                       "{",
                                       "[1,]",
                                       "{\"a\":1,}",
                                       "{a:1}",
                                       "{'a':1}",
                                       "[1 2]",
                                       "01",
                                       "1.",
                                       ".5",
                                       "+1",
                                       "-",
                                       "1e",
                                       "nul",
                                       "tru",
                                       "\"a",
                                       "\"\\x\"",
                                       "\"\\u12\"",
                                       "\"a\nb\"",
                                       "[1]]",
                                       "{}{}",
                                       "/* c */ 1",
                                       "// c\n1",
                                       "var a=1",
                                       "[1,/**/2]",
                                       "NaN",
                                       "\"\\ud800\"",
                                       "\"\\udc00\"",
                                       "\"\\ud800x\"",
                                       "\"\\u0000\"",
                                       "{\"a\"}",
                                       "\\",
                                       "\"\\",
                                       "\"\\u",
                                       "{1:2}",
                                       "]",
                                       "}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], -1, SEMIO_BASE_ERROR_PARSE);
  assert_refused ("[\"a\0b\"]", 7, SEMIO_BASE_ERROR_PARSE);
  assert_refused ("\"\xff\"", -1, SEMIO_BASE_ERROR_PARSE);
  assert_refused ("1e999", -1, SEMIO_BASE_ERROR_LIMIT);
  assert_refused ("9223372036854775808", -1, SEMIO_BASE_ERROR_LIMIT);
}

/* Brackets in whatever form: the scanner must refuse them before a parser that calls itself meets them. */
static void
test_depth (void)
{
  const guint n = 100000;
  g_autofree char *brackets = g_strnfill (n, '[');
  g_autoptr (GString) objects = g_string_new (NULL);
  g_autoptr (GString) good = g_string_new (NULL);

  assert_refused (brackets, -1, SEMIO_BASE_ERROR_LIMIT);
  for (guint i = 0; i < n; i++)
    g_string_append (objects, "{\"a\":");
  assert_refused (objects->str, -1, SEMIO_BASE_ERROR_LIMIT);
  for (guint i = 0; i < SEMIO_JSON_MAX_DEPTH; i++)
    g_string_append_c (good, '[');
  for (guint i = 0; i < SEMIO_JSON_MAX_DEPTH; i++)
    g_string_append_c (good, ']');
  assert_canonical (good->str, good->str);
  g_string_prepend_c (good, '[');
  g_string_append_c (good, ']');
  assert_refused (good->str, -1, SEMIO_BASE_ERROR_LIMIT);
  /* Brackets inside texts are no nesting. */
  g_string_assign (good, "\"");
  g_string_append (good, brackets);
  g_string_append (good, "\"");
  assert_canonical (good->str, good->str);
}

static void
test_size (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = semio_json_parse ("[1,2,3]", -1, 6, &error);

  g_assert_null (node);
  g_assert_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_LIMIT);
  g_clear_error (&error);
  node = semio_json_parse ("[1,2,3]xxxx", 7, 7, &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
}

static void
test_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = semio_json_parse ("{\"text\":\"x\",\"number\":7,\"real\":7.5,\"null\":null}", -1, MAX_BYTES, NULL);
  JsonObject *object = json_node_get_object (node);
  gint64 value = 0;

  g_assert_cmpstr (semio_json_get_text (object, "text", &error), ==, "x");
  g_assert_true (semio_json_get_int (object, "number", &value, &error));
  g_assert_cmpint (value, ==, 7);
  g_assert_no_error (error);
  g_assert_null (semio_json_get_text (object, "number", &error));
  g_assert_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE);
  g_assert_nonnull (strstr (error->message, "number"));
  g_clear_error (&error);
  g_assert_false (semio_json_get_int (object, "real", &value, &error));
  g_assert_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE);
  g_assert_cmpstr (semio_json_get_text_or (object, "null", "none"), ==, "none");
  g_assert_cmpstr (semio_json_get_text_or (object, "absent", "none"), ==, "none");
  g_assert_cmpint (semio_json_get_int_or (object, "text", 3), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/canonical", test_canonical);
  g_test_add_func ("/base/json/canonical-again", test_canonical_again);
  g_test_add_func ("/base/json/refused", test_refused);
  g_test_add_func ("/base/json/depth", test_depth);
  g_test_add_func ("/base/json/size", test_size);
  g_test_add_func ("/base/json/members", test_members);
  return g_test_run ();
}
