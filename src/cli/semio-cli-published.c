/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio published */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#include "semio-cli-commands.h"
#include "semio-csv-writer.h"
#include "semio-published.h"

/* Three decimals, the same in every locale. */
static char *
format_share (double share)
{
  int thousandths = (int) lround (share * 1000);

  return g_strdup_printf ("%d.%03d", thousandths / 1000, thousandths % 1000);
}

static char *
join (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) names->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
print_headlines (const SemioHeadlines *headlines)
{
  g_autofree char *better = join (headlines->better);
  g_autofree char *plain = join (headlines->better_plain);
  g_autofree char *helped = join (headlines->helped);

  fprintf (
      stdout,
      _ ("\n%u of the %u visual features: the best model, enhanced or not, has a higher F1 than the better of CNN and ViViT.\n"
         "  %s\n"),
      headlines->better->len, headlines->n_visual, better);
  fprintf (stdout, _ ("%u of %u without enhancement.\n  %s\n"), headlines->better_plain->len, headlines->n_visual, plain);
  fprintf (stdout, _ ("%u of the %u features: for at least one model, enhancement raises that model's F1.\n  %s\n"),
           headlines->helped->len, headlines->n_features, helped);
}

static void
print_table (GPtrArray *rows, const SemioHeadlines *headlines)
{
  const char *last = "";

  fprintf (stdout, "%-25s %-18s %-13s %9s %9s %9s %9s %9s\n", _ ("feature"), _ ("model"), _ ("enhancement"), _ ("accuracy"),
           _ ("precision"), _ ("recall"), "F1", _ ("positives"));
  for (guint i = 0; i < rows->len; i++)
    {
      const SemioPublishedRow *row = rows->pdata[i];
      g_autofree char *accuracy = format_share (row->accuracy);
      g_autofree char *precision = format_share (row->precision);
      g_autofree char *recall = format_share (row->recall);
      g_autofree char *f1 = format_share (row->f1);
      g_autofree char *positives = row->positives >= 0 ? g_strdup_printf ("%d", row->positives) : g_strdup ("");

      fprintf (stdout, "%-25s %-18s %-13s %9s %9s %9s %9s %9s\n", g_str_equal (row->feature, last) ? "" : row->feature,
               row->model, row->enhancement, accuracy, precision, recall, f1, positives);
      last = row->feature;
    }
  print_headlines (headlines);
}

static void
print_csv (GPtrArray *rows)
{
  static const char *const heads[] = { "feature",   "group",  "model", "enhancement", "accuracy",
                                       "precision", "recall", "f1",    "positives" };
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const char *text;

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_csv_writer_add_text (writer, heads[i]);
  semio_csv_writer_end_row (writer);
  for (guint i = 0; i < rows->len; i++)
    {
      const SemioPublishedRow *row = rows->pdata[i];

      semio_csv_writer_add_text (writer, row->feature);
      semio_csv_writer_add_text (writer, row->group);
      semio_csv_writer_add_text (writer, row->model);
      semio_csv_writer_add_text (writer, row->enhancement);
      semio_csv_writer_add_double (writer, row->accuracy);
      semio_csv_writer_add_double (writer, row->precision);
      semio_csv_writer_add_double (writer, row->recall);
      semio_csv_writer_add_double (writer, row->f1);
      if (row->positives >= 0)
        semio_csv_writer_add_int (writer, row->positives);
      else
        semio_csv_writer_add_text (writer, "");
      semio_csv_writer_end_row (writer);
    }
  bytes = semio_csv_writer_steal_bytes (writer);
  text = g_bytes_get_data (bytes, &length);
  fwrite (text, 1, length, stdout);
}

static JsonObject *
headline_to_json (GPtrArray *features, guint of)
{
  JsonObject *object = json_object_new ();
  JsonArray *names = json_array_new ();

  for (guint i = 0; i < features->len; i++)
    json_array_add_string_element (names, features->pdata[i]);
  json_object_set_int_member (object, "count", features->len);
  json_object_set_int_member (object, "of", of);
  json_object_set_array_member (object, "features", names);
  return object;
}

static JsonObject *
to_json (GPtrArray *rows, const SemioHeadlines *headlines)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const SemioPublishedRow *row = rows->pdata[i];
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "feature", row->feature);
      json_object_set_string_member (one, "group", row->group);
      json_object_set_string_member (one, "model", row->model);
      json_object_set_string_member (one, "enhancement", row->enhancement);
      json_object_set_double_member (one, "accuracy", row->accuracy);
      json_object_set_double_member (one, "precision", row->precision);
      json_object_set_double_member (one, "recall", row->recall);
      json_object_set_double_member (one, "f1", row->f1);
      if (row->positives >= 0)
        json_object_set_int_member (one, "positives", row->positives);
      else
        json_object_set_null_member (one, "positives");
      json_array_add_object_element (array, one);
    }
  json_object_set_array_member (object, "rows", array);
  json_object_set_object_member (object, "better_than_baselines", headline_to_json (headlines->better, headlines->n_visual));
  json_object_set_object_member (object, "better_without_enhancement",
                                 headline_to_json (headlines->better_plain, headlines->n_visual));
  json_object_set_object_member (object, "enhancement_helps", headline_to_json (headlines->helped, headlines->n_features));
  return object;
}

int
semio_cli_published (SemioCli *cli, char ***argv)
{
  g_autofree char *format = NULL;
  const GOptionEntry options[] = { { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How it is printed"), "table|csv|json" },
                                   { NULL } };
  int status = semio_cli_parse (cli, "published", _ ("Prints the published figures and what they come to."), options, argv, 0, 0);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (SemioHeadlines) headlines = NULL;
  GError *error = NULL;

  if (status >= 0)
    return status;
  if (format && !g_str_equal (format, "table") && !g_str_equal (format, "csv") && !g_str_equal (format, "json"))
    return semio_cli_wrong_use (cli, _ ("--format is “table”, “csv” or “json”, not “%s”."), format);
  if (g_strcmp0 (format, "json") == 0)
    semio_cli_set_json (cli);
  rows = semio_published_load (&error);
  if (!rows)
    return semio_cli_fail (cli, error);
  headlines = semio_headlines_derive (rows);
  if (semio_cli_is_json (cli))
    semio_cli_print_json (cli, to_json (rows, headlines));
  else if (g_strcmp0 (format, "csv") == 0)
    print_csv (rows);
  else
    print_table (rows, headlines);
  return SEMIO_CLI_DONE;
}
