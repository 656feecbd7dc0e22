/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-import-digest.h"

#include "semio-json.h"
#include "semio-span.h"

#define MEMBER "digest"

static const char *const part_ids[SEMIO_IMPORT_N_PARTS] = {
  "answers", "explanations", "labels", "events", "findings", "replies"
};

void
semio_import_digest_add (SemioImportDigest *digest, SemioImportPart part, const SemioUuid *recording, const char *feature,
                         const gint64 *numbers, guint n_numbers, const char *text)
{
  g_autoptr (GString) row = g_string_sized_new (256);
  char uuid[SEMIO_UUID_TEXT];
  SemioSha256 hash;

  semio_uuid_format (recording, uuid);
  g_string_append_printf (row, "%s\n%s\n%s\n", part_ids[part], uuid, feature);
  for (guint i = 0; i < n_numbers; i++)
    g_string_append_printf (row, "%" G_GINT64_FORMAT "\n", numbers[i]);
  if (text != NULL)
    g_string_append (row, text);
  hash = semio_sha256_of_text (row->str);
  for (guint i = 0; i < SEMIO_SHA256_BYTES; i++)
    digest->parts[part].bytes[i] ^= hash.bytes[i];
  digest->n_rows[part] += 1;
}

void
semio_import_digest_add_answer (SemioImportDigest *digest, const SemioUuid *recording, const char *feature,
                                const SemioImportAnswer *answer)
{
  const gint64 numbers[] = { answer->segment, answer->kind, answer->attempt, answer->answer, answer->begin_ns, answer->end_ns };
  const gboolean has_more = answer->begin_ns != SEMIO_TIME_NONE || answer->end_ns != SEMIO_TIME_NONE || answer->has_score;
  char score[G_ASCII_DTOSTR_BUF_SIZE];

  semio_import_digest_add (digest, SEMIO_IMPORT_PART_ANSWERS, recording, feature, numbers, has_more ? 6 : 4,
                           answer->has_score ? g_ascii_dtostr (score, sizeof score, answer->score) : NULL);
}

JsonObject *
semio_import_digest_to_json (const SemioImportDigest *digest)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < SEMIO_IMPORT_N_PARTS; i++)
    if (digest->n_rows[i] > 0)
      {
        JsonObject *part = json_object_new ();
        char text[SEMIO_SHA256_TEXT];

        semio_sha256_format (&digest->parts[i], text);
        json_object_set_int_member (part, "rows", digest->n_rows[i]);
        json_object_set_string_member (part, "sha256_xor", text);
        json_object_set_object_member (object, part_ids[i], part);
      }
  return object;
}

gboolean
semio_import_digest_from_json (JsonObject *payload, SemioImportDigest *digest)
{
  JsonNode *node = json_object_get_member (payload, MEMBER);

  *digest = (SemioImportDigest){ 0 };
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  for (guint i = 0; i < SEMIO_IMPORT_N_PARTS; i++)
    {
      JsonNode *part = json_object_get_member (json_node_get_object (node), part_ids[i]);

      if (part == NULL)
        continue;
      if (!JSON_NODE_HOLDS_OBJECT (part)
          || !semio_sha256_parse (semio_json_get_text_or (json_node_get_object (part), "sha256_xor", ""), &digest->parts[i],
                                  NULL))
        return FALSE;
      digest->n_rows[i] = semio_json_get_int_or (json_node_get_object (part), "rows", 0);
    }
  return TRUE;
}

gboolean
semio_import_digest_part_equal (const SemioImportDigest *a, const SemioImportDigest *b, SemioImportPart part)
{
  return a->n_rows[part] == b->n_rows[part] && semio_sha256_equal (&a->parts[part], &b->parts[part]);
}
