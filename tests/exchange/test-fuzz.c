/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "semio-companion-reader.h"
#include "semio-csv-reader.h"
#include "semio-name-map-reader.h"
#include "semio-wide-reader.h"

#define N_MUTATIONS 2000
#define MAX_CHANGES 6

/* Every file of the corpus, and changed copies of them, through every reader: each either gives a table or an error that
 * names a place. The sanitizers of a build with them see the rest. */
typedef struct {
  GPtrArray *files; /* GBytes */
  SemioFeatureSet *features;
} Fixture;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "exchange", "corpus", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  fixture->features = semio_feature_set_new_default ();
  fixture->files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      char *contents;
      gsize length;

      g_assert_true (g_file_get_contents (names->pdata[i], &contents, &length, NULL));
      g_ptr_array_add (fixture->files, g_bytes_new_take (contents, length));
    }
  g_assert_cmpuint (fixture->files->len, >=, 10);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_ptr_array_unref (fixture->files);
  semio_feature_set_unref (fixture->features);
}

static void
assert_place (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == SEMIO_EXCHANGE_ERROR);
  g_assert_true (g_str_has_prefix (error->message, "fuzz.csv, line "));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_table (SemioWideTable *table, Fixture *fixture)
{
  guint n_features = semio_feature_set_get_n_features (fixture->features);

  for (guint i = 0; i < semio_wide_table_get_n_rows (table); i++)
    {
      const SemioWideRow *row = semio_wide_table_get_row (table, i);

      g_assert_cmpint (row->segment, >=, -1);
      g_assert_true (g_utf8_validate (row->name, -1, NULL) && g_utf8_validate (row->stem, -1, NULL));
      for (guint j = 0; j < n_features; j++)
        {
          const SemioWideCell *cell = &row->cells[j];

          g_assert_true (cell->explanation == NULL || g_utf8_validate (cell->explanation, -1, NULL));
          g_assert_true (cell->end_ns == SEMIO_TIME_NONE || (cell->begin_ns >= 0 && cell->begin_ns <= cell->end_ns));
          g_assert_true (!cell->has_score || isfinite (cell->score));
        }
    }
}

static void
read_companion (GBytes *bytes, Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCompanionTable) table = semio_companion_read (bytes, "fuzz.csv", fixture->features, &error);
  SemioCompanionKind kind;

  /* What is told of the header alone has to hold when all is read. */
  if (semio_companion_recognise (bytes, fixture->features, &kind) && table != NULL)
    g_assert_cmpint (semio_companion_table_get_kind (table), ==, kind);
  if (table == NULL)
    assert_place (error);
  for (guint i = 0; table != NULL && i < semio_companion_table_get_n_rows (table); i++)
    {
      const SemioCompanionRow *row = semio_companion_table_get_row (table, i);

      g_assert_true (row->text == NULL || g_utf8_validate (row->text, -1, NULL));
      g_assert_true (row->head.end_ns == SEMIO_TIME_NONE || row->head.begin_ns <= row->head.end_ns);
    }
}

static void
read_all (GBytes *bytes, Fixture *fixture)
{
  static const SemioWideKind kinds[] = { SEMIO_WIDE_REFERENCE, SEMIO_WIDE_PREDICTIONS };
  g_autoptr (GError) map_error = NULL;
  g_autoptr (SemioNameMap) map = semio_name_map_read (bytes, "fuzz.csv", &map_error);

  if (map == NULL)
    assert_place (map_error);
  read_companion (bytes, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioWideTable) table = semio_wide_read (bytes, "fuzz.csv", kinds[i], fixture->features, &error);

      if (table == NULL)
        assert_place (error);
      else
        check_table (table, fixture);
    }
}

static void
test_corpus (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < fixture->files->len; i++)
    read_all (fixture->files->pdata[i], fixture);
}

static void
mutate (GByteArray *bytes, GRand *random)
{
  static const char odd[] = "\",\n\r\0\xff\xef\xbb\xbf'=_|. ";
  guint position = bytes->len > 0 ? (guint) g_rand_int_range (random, 0, (gint32) bytes->len) : 0;
  guint8 byte = (guint8) odd[g_rand_int_range (random, 0, sizeof odd - 1)];

  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      if (bytes->len > 0)
        bytes->data[position] = byte;
      break;
    case 1:
      if (bytes->len > 0)
        g_byte_array_remove_index (bytes, position);
      break;
    case 2:
      g_byte_array_append (bytes, &byte, 1);
      break;
    case 3:
      /* Cut in the middle. */
      g_byte_array_set_size (bytes, position);
      break;
    default:
      if (bytes->len > 0)
        bytes->data[position] = (guint8) g_rand_int_range (random, 0, 256);
      break;
    }
}

static void
test_mutations (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);

  for (int i = 0; i < N_MUTATIONS; i++)
    {
      GBytes *file = fixture->files->pdata[g_rand_int_range (random, 0, (gint32) fixture->files->len)];
      GByteArray *copy = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;

      g_byte_array_append (copy, g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file));
      for (int j = g_rand_int_range (random, 1, MAX_CHANGES + 1); j > 0; j--)
        mutate (copy, random);
      bytes = g_byte_array_free_to_bytes (copy);
      read_all (bytes, fixture);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/exchange/fuzz/corpus", Fixture, NULL, set_up, test_corpus, tear_down);
  g_test_add ("/exchange/fuzz/mutations", Fixture, NULL, set_up, test_mutations, tear_down);
  return g_test_run ();
}
