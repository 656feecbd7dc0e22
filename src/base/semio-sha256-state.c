/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-sha256-state.h"

#include <openssl/evp.h>

struct _SemioSha256State {
  EVP_MD_CTX *context;
};

/* Every identity in a study rests on these values: going on with a wrong one would damage it. */
static void
insist (int result)
{
  if (result != 1)
    g_error ("The cryptographic library cannot compute SHA-256.");
}

SemioSha256State *
semio_sha256_state_new (void)
{
  SemioSha256State *state = g_new0 (SemioSha256State, 1);

  state->context = EVP_MD_CTX_new ();
  insist (EVP_DigestInit_ex (state->context, EVP_sha256 (), NULL));
  return state;
}

SemioSha256State *
semio_sha256_state_copy (const SemioSha256State *state)
{
  SemioSha256State *copy = g_new0 (SemioSha256State, 1);

  copy->context = EVP_MD_CTX_new ();
  insist (EVP_MD_CTX_copy_ex (copy->context, state->context));
  return copy;
}

void
semio_sha256_state_free (SemioSha256State *state)
{
  if (state == NULL)
    return;
  EVP_MD_CTX_free (state->context);
  g_free (state);
}

void
semio_sha256_state_add (SemioSha256State *state, const void *data, gsize length)
{
  if (length > 0)
    insist (EVP_DigestUpdate (state->context, data, length));
}

SemioSha256
semio_sha256_state_get (const SemioSha256State *state)
{
  g_autoptr (SemioSha256State) end = semio_sha256_state_copy (state);
  SemioSha256 hash;

  insist (EVP_DigestFinal_ex (end->context, hash.bytes, NULL));
  return hash;
}
