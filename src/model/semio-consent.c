/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-consent.h"

SemioConsent *
semio_consent_new (const char *host)
{
  SemioConsent *consent = g_new0 (SemioConsent, 1);

  consent->host = g_strdup (host);
  consent->bytes = -1;
  return consent;
}

void
semio_consent_free (SemioConsent *consent)
{
  if (consent == NULL)
    return;
  g_free (consent->host);
  g_free (consent);
}
