/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * SemioDeinterlacer:
 *
 * One picture from the top field of each interlaced frame, when that is asked for; else everything goes through untouched.
 * Every picture is made from its own frame alone, so that it is the same by whatever way it was reached, and it keeps all that is
 * attached to it, with the reference time stamp by which its number is known.
 */
typedef struct _SemioDeinterlacer SemioDeinterlacer;

/* On a sink pad that decoded pictures come to. */
SemioDeinterlacer *semio_deinterlacer_new (GstPad *pad);
/* The pipeline must have been stopped. */
void semio_deinterlacer_free (SemioDeinterlacer *deinterlacer);
/* From the next picture on. Any thread. FALSE when nothing changes. */
gboolean semio_deinterlacer_set_active (SemioDeinterlacer *deinterlacer, gboolean active);
/* Whether an interlaced frame has come by. Any thread. */
gboolean semio_deinterlacer_saw_interlaced (SemioDeinterlacer *deinterlacer);

G_END_DECLS
