/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-span.h"

G_BEGIN_DECLS

/**
 * SemioPlayed:
 *
 * What of a recording was played, as disjoint spans. What is played twice counts once.
 */
typedef struct _SemioPlayed SemioPlayed;

SemioPlayed *semio_played_new (void);
void semio_played_free (SemioPlayed *played);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPlayed, semio_played_free)

/* The picture went from the begin to the end while playing. */
void semio_played_add (SemioPlayed *played, SemioSpan span);
/* Share of the union of spans that was played, 0 to 1; 0 when they are empty. */
double semio_played_get_share (SemioPlayed *played, const SemioSpan *spans, guint n_spans);
void semio_played_clear (SemioPlayed *played);

G_END_DECLS
