/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame-index.h"
#include "semio-indexer.h"
#include "semio-signal-set.h"

G_BEGIN_DECLS

/* Reads a file once from its beginning and makes all signals of it. Progress returns FALSE to stop. */
SemioSignalSet *semio_signal_maker_run (int fd, SemioFrameIndex *index, SemioIndexerProgress progress, gpointer progress_data,
                                        GError **error);

G_END_DECLS
