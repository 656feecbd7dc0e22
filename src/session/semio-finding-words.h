/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-feature-set.h"
#include "semio-finding.h"

G_BEGIN_DECLS

/* What a finding says, in one line of plain text: "Head: left, 0:12.0 to 0:20.0", "Report: …"; NULL when it says nothing.
 * (transfer full) */
char *semio_finding_describe (const SemioFinding *finding, SemioFeatureSet *features);
/* Whether persons or a model wrote it freely, so that anything can stand in it. */
gboolean semio_finding_is_free_text (const SemioFinding *finding);
/* Of a whole recording, first what is told in words. Array of #SemioFinding, sorted in place. */
void semio_findings_sort (GArray *findings);

G_END_DECLS
