/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-merge-private.h"

static const char *TWINS_SQL = "SELECT count (*) FROM (SELECT pseudonym FROM recording WHERE pseudonym IS NOT NULL"
                               " AND alias_of IS NULL GROUP BY pseudonym HAVING count (*) > 1)";

/* What entries of a kind are to the person who merges. */
static const struct {
  const char *kind;
  SemioMergeThing thing;
} kinds[] = {
  { SEMIO_ENTRY_RATING, SEMIO_MERGE_RATING },         { SEMIO_ENTRY_WITHDRAWAL, SEMIO_MERGE_WITHDRAWAL },
  { SEMIO_ENTRY_PERSON, SEMIO_MERGE_PERSON },         { SEMIO_ENTRY_RECORDING, SEMIO_MERGE_RECORDING },
  { SEMIO_ENTRY_MEDIA, SEMIO_MERGE_VIDEO },           { SEMIO_ENTRY_RUN, SEMIO_MERGE_RUN },
  { SEMIO_ENTRY_REFERENCE_SET, SEMIO_MERGE_SET },     { SEMIO_ENTRY_BOOKMARK, SEMIO_MERGE_BOOKMARK },
  { SEMIO_ENTRY_TRANSCRIPT, SEMIO_MERGE_TRANSCRIPT },
};

void
semio_merge_count_entry (SemioMerge *merge, const SemioEntry *entry)
{
  merge->counts.n_entries += 1;
  /* Of an import its cells are told. */
  if (g_str_equal (entry->kind, SEMIO_ENTRY_IMPORT))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (entry->kind, kinds[i].kind))
      {
        merge->counts.n_things[kinds[i].thing] += 1;
        return;
      }
  merge->counts.n_things[SEMIO_MERGE_OTHER] += 1;
}

/* The number with its word; NULL for what has none. */
static char *
name_thing (SemioMergeThing thing, guint n)
{
  switch (thing)
    {
    case SEMIO_MERGE_RATING:
      return g_strdup_printf (ngettext ("%u rating", "%u ratings", n), n);
    case SEMIO_MERGE_WITHDRAWAL:
      return g_strdup_printf (ngettext ("%u cleared rating", "%u cleared ratings", n), n);
    case SEMIO_MERGE_PERSON:
      return g_strdup_printf (ngettext ("%u person", "%u persons", n), n);
    case SEMIO_MERGE_RECORDING:
      return g_strdup_printf (ngettext ("%u recording", "%u recordings", n), n);
    case SEMIO_MERGE_VIDEO:
      return g_strdup_printf (ngettext ("%u video of a recording", "%u videos of recordings", n), n);
    case SEMIO_MERGE_RUN:
      return g_strdup_printf (ngettext ("%u run", "%u runs", n), n);
    case SEMIO_MERGE_ANSWER:
      return g_strdup_printf (ngettext ("%u answer of a model", "%u answers of models", n), n);
    case SEMIO_MERGE_SET:
      return g_strdup_printf (ngettext ("%u reference set", "%u reference sets", n), n);
    case SEMIO_MERGE_LABEL:
      return g_strdup_printf (ngettext ("%u label", "%u labels", n), n);
    case SEMIO_MERGE_EVENT:
      return g_strdup_printf (ngettext ("onset and offset of %u event", "onset and offset of %u events", n), n);
    case SEMIO_MERGE_FINDING:
      return g_strdup_printf (ngettext ("%u finding of annotators (words, onsets, sides, order, reports)",
                                        "%u findings of annotators (words, onsets, sides, order, reports)", n),
                              n);
    case SEMIO_MERGE_BOOKMARK:
      return g_strdup_printf (ngettext ("%u bookmark", "%u bookmarks", n), n);
    case SEMIO_MERGE_TRANSCRIPT:
      return g_strdup_printf (ngettext ("%u transcript", "%u transcripts", n), n);
    case SEMIO_MERGE_FACTS:
      return g_strdup_printf (ngettext ("what was measured of %u video", "what was measured of %u videos", n), n);
    case SEMIO_MERGE_OTHER:
      return g_strdup_printf (ngettext ("%u other change", "%u other changes", n), n);
    case SEMIO_MERGE_N_THINGS:
    default:
      return NULL;
    }
}

static void
append_things (const SemioMergeCounts *counts, GString *text)
{
  const char *separator = "";

  /* TRANSLATORS: what follows is a list such as “3 ratings, 1 person”. */
  g_string_append (text, _ ("Taken over: "));
  for (int thing = 0; thing < SEMIO_MERGE_N_THINGS; thing++)
    if (counts->n_things[thing] > 0)
      {
        g_autofree char *name = name_thing (thing, counts->n_things[thing]);

        g_string_append (text, separator);
        g_string_append (text, name);
        /* TRANSLATORS: between the members of a list. */
        separator = _ (", ");
      }
  g_string_append_c (text, '.');
}

static gboolean
has_things (const SemioMergeCounts *counts)
{
  for (int thing = 0; thing < SEMIO_MERGE_N_THINGS; thing++)
    if (counts->n_things[thing] > 0)
      return TRUE;
  return FALSE;
}

char *
semio_merge_summarize (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  const SemioMergeCounts *counts = &merge->counts;
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 n_twins;

  if (!semio_database_get_int (database, TWINS_SQL, 0, &n_twins, error))
    return NULL;
  if (counts->n_entries + counts->n_imports + counts->n_aliases == 0 && !has_things (counts))
    return g_strdup (_ ("Nothing changed: this study has everything that the other copy has."));
  if (has_things (counts))
    append_things (counts, text);
  else
    g_string_append (text, _ ("The histories were joined."));
  if (counts->n_aliases > 0)
    g_string_append_printf (text,
                            ngettext (" %u recording was found to be the same as another.",
                                      " %u recordings were found to be the same as others.", counts->n_aliases),
                            counts->n_aliases);
  if (counts->n_forked > 0)
    g_string_append_printf (text,
                            ngettext (" %u entry stands beside another with its number; verify names it.",
                                      " %u entries stand beside others with their numbers; verify names them.", counts->n_forked),
                            counts->n_forked);
  if (n_twins > 0)
    g_string_append (text, _ (" Some different recordings now have the same pseudonym: give one of each a new one."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
