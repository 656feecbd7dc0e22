/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"

G_BEGIN_DECLS

/* A pseudonym that nothing in the study has: a letter and random digits, because a number that counts would tell the order
 * of admission. "R031" for recordings, "P07" for patients; more digits where half of the numbers are taken. */
char *semio_pseudonym_new_recording (SemioDatabase *database, GError **error);
char *semio_pseudonym_new_patient (SemioDatabase *database, GError **error);
/* Cleaned for keeping; NULL with an error when nothing is left. */
char *semio_pseudonym_clean (const char *text, GError **error);

G_END_DECLS
