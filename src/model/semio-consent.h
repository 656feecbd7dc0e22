/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-uuid.h"

G_BEGIN_DECLS

/* What is agreed to leave the machine; the values are those of the study file. */
typedef enum {
  SEMIO_CONSENT_IMAGES = 1 << 0,
  SEMIO_CONSENT_SOUND = 1 << 1,
  SEMIO_CONSENT_TRANSCRIPT = 1 << 2,
} SemioConsentWhat;

/**
 * SemioConsent:
 *
 * That somebody agreed that a study's pictures and sound go to a host. Plain memory with public members, owned by whoever
 * made it.
 */
typedef struct {
  SemioUuid entry; /* nil before it is written */
  gint64 person_id; /* 0: nobody was chosen, the command line said so */
  char *host; /* "gpu.example.org:8000" */
  gboolean plain_http; /* unencrypted sending was agreed to as well */
  SemioConsentWhat what;
  guint n_patients; /* how many were told of */
  guint n_recordings;
  gint64 bytes; /* about so many were told of; -1 unknown */
  int text_version; /* of the words that were agreed to */
  gint64 utc_us;
} SemioConsent;

SemioConsent *semio_consent_new (const char *host);
void semio_consent_free (SemioConsent *consent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioConsent, semio_consent_free)

G_END_DECLS
