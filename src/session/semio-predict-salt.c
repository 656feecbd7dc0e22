/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-predict-salt.h"

#include "semio-sha256.h"

#define SALT_CHARS 32

char *
semio_predict_make_salt (const SemioUuid *study)
{
  char text[SEMIO_UUID_TEXT];
  g_autofree char *seed = NULL;
  g_autofree char *hash_text = NULL;
  SemioSha256 hash;

  semio_uuid_format (study, text);
  seed = g_strconcat ("cache salt of ", text, NULL);
  hash = semio_sha256_of_text (seed);
  hash_text = semio_sha256_to_string (&hash);
  return g_strndup (hash_text, SALT_CHARS);
}
