/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-transfer-job.h"

G_BEGIN_DECLS

/* The thread of a transfer: everything of curl happens there. */
SemioTransferLoop *semio_transfer_loop_new (guint max_in_flight);
/* Only when no job is left. The thread ends by itself and frees the rest. */
void semio_transfer_loop_end (SemioTransferLoop *loop);
void semio_transfer_loop_set_max_in_flight (SemioTransferLoop *loop, guint max_in_flight);
/* Takes the job, and with it the task, which it returns. */
void semio_transfer_loop_add (SemioTransferLoop *loop, SemioTransferJob *job);
/* Makes every loop of the program look at the door at once. */
void semio_transfer_loop_wake_all (void);

G_END_DECLS
