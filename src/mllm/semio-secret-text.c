/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-secret-text.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct _SemioSecretText {
  char *text;
  gsize n_mapped;
};

/**
 * semio_secret_text_new:
 * @prefix: what stands before it
 * @text: the secret
 *
 * Returns: (transfer full): both, one after the other
 */
SemioSecretText *
semio_secret_text_new (const char *prefix, const char *text)
{
  SemioSecretText *secret = g_new0 (SemioSecretText, 1);
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize n_prefix = strlen (prefix);
  gsize n_text = strlen (text);
  void *mapped;

  secret->n_mapped = (n_prefix + n_text + 1 + page - 1) / page * page;
  mapped = mmap (NULL, secret->n_mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    g_error ("There is no memory left for a key.");
  /* The system may allow few locked pages, or none; then the secret is only kept out of dumps. */
  (void) !mlock (mapped, secret->n_mapped);
  madvise (mapped, secret->n_mapped, MADV_DONTDUMP);
  secret->text = mapped;
  memcpy (secret->text, prefix, n_prefix);
  memcpy (secret->text + n_prefix, text, n_text + 1);
  return secret;
}

/**
 * semio_secret_text_free:
 * @secret: (nullable): a secret
 *
 * Wipes it and gives its memory back.
 */
void
semio_secret_text_free (SemioSecretText *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret->text, secret->n_mapped);
  munmap (secret->text, secret->n_mapped);
  g_free (secret);
}

/**
 * semio_secret_text_get:
 * @secret: (nullable): a secret
 *
 * Returns: (nullable): its text, for as long as it lives; never to be copied, logged or put into a message
 */
char *
semio_secret_text_get (SemioSecretText *secret)
{
  return secret != NULL ? secret->text : NULL;
}
