/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-view-memory.h"
#include "semio-view-snapshot.h"

static SemioUuid
uuid_of (guint number)
{
  g_autofree char *text = g_strdup_printf ("00000000-0000-4000-8000-%012u", number);
  SemioUuid uuid;
  gboolean parsed = semio_uuid_parse (text, &uuid, NULL);

  g_assert_true (parsed);
  return uuid;
}

static GVariant *
empty (void)
{
  return g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(s(iiii))"), NULL, 0));
}

/* Each recording has its own picture; one that is as recorded is not kept. */
static void
test_memory (void)
{
  SemioUuid one = uuid_of (1), two = uuid_of (2);
  SemioPictureChange bright = { 40, 0, 100, 0 }, turned = { 0, 0, 100, 3 };
  g_autoptr (GVariant) none = empty ();
  g_autoptr (GVariant) first = g_variant_ref_sink (semio_view_memory_put (none, &one, bright));
  g_autoptr (GVariant) second = g_variant_ref_sink (semio_view_memory_put (first, &two, turned));
  g_autoptr (GVariant) third = g_variant_ref_sink (semio_view_memory_put (second, &one, SEMIO_PICTURE_CHANGE_NONE));

  g_assert_true (semio_picture_change_is_none (semio_view_memory_find (none, &one)));
  g_assert_true (semio_picture_change_equal (semio_view_memory_find (second, &one), bright));
  g_assert_true (semio_picture_change_equal (semio_view_memory_find (second, &two), turned));
  g_assert_true (semio_picture_change_is_none (semio_view_memory_find (third, &one)));
  g_assert_cmpuint (g_variant_n_children (third), ==, 1);
}

/* The one changed last stays, however many there were before. */
static void
test_memory_is_bounded (void)
{
  GVariant *kept = empty ();
  SemioUuid first = uuid_of (0), last = uuid_of (299);

  for (guint i = 0; i < 300; i++)
    {
      SemioUuid uuid = uuid_of (i);
      GVariant *next =
          g_variant_ref_sink (semio_view_memory_put (kept, &uuid, (SemioPictureChange){ (int) (i % 90) + 1, 0, 100, 0 }));

      g_variant_unref (kept);
      kept = next;
    }
  g_assert_cmpuint (g_variant_n_children (kept), ==, 200);
  g_assert_true (semio_picture_change_is_none (semio_view_memory_find (kept, &first)));
  g_assert_cmpint (semio_view_memory_find (kept, &last).brightness, ==, 299 % 90 + 1);
  g_variant_unref (kept);
}

/* Shown without combs: each recording by itself, the last marked stays. */
static void
test_marks (void)
{
  static const char *const none[] = { NULL };
  SemioUuid one = uuid_of (1), two = uuid_of (2);
  g_auto (GStrv) first = semio_view_memory_mark (none, &one, TRUE);
  g_auto (GStrv) both = semio_view_memory_mark ((const char *const *) first, &two, TRUE);
  g_auto (GStrv) again = semio_view_memory_mark ((const char *const *) both, &two, TRUE);
  g_auto (GStrv) second = semio_view_memory_mark ((const char *const *) again, &one, FALSE);
  GStrv many = g_strdupv (both);

  g_assert_false (semio_view_memory_has (none, &one));
  g_assert_true (semio_view_memory_has ((const char *const *) both, &one));
  g_assert_cmpuint (g_strv_length (again), ==, 2);
  g_assert_false (semio_view_memory_has ((const char *const *) second, &one));
  g_assert_true (semio_view_memory_has ((const char *const *) second, &two));
  for (guint i = 3; i < 300; i++)
    {
      SemioUuid uuid = uuid_of (i);
      GStrv next = semio_view_memory_mark ((const char *const *) many, &uuid, TRUE);

      g_strfreev (many);
      many = next;
    }
  g_assert_cmpuint (g_strv_length (many), ==, 200);
  g_assert_false (semio_view_memory_has ((const char *const *) many, &one));
  g_strfreev (many);
}

static void
test_names (void)
{
  SemioFrame frame = { .frame = 372, .time_ns = 12400 * G_GINT64_CONSTANT (1000000) };
  g_autofree char *time = semio_view_snapshot_format_time (&frame);
  g_autofree char *name = semio_view_snapshot_make_name ("R031", frame.time_ns, 372);
  g_autofree char *wild = semio_view_snapshot_make_name ("a/b\\c:d*e", 0, 0);

  g_assert_cmpstr (time, ==, "0:12.400 f 372");
  g_assert_cmpstr (name, ==, "R031 0-12.400 f372.png");
  g_assert_cmpstr (wild, ==, "a-b-c-d-e 0-00.000 f0.png");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view-tools/memory", test_memory);
  g_test_add_func ("/view-tools/memory-is-bounded", test_memory_is_bounded);
  g_test_add_func ("/view-tools/marks", test_marks);
  g_test_add_func ("/view-tools/names", test_names);
  return g_test_run ();
}
