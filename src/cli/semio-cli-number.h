/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "semio-figure.h"

G_BEGIN_DECLS

/* Three decimals, the same in every locale; a dash where there is no number. (transfer full) */
char *semio_cli_format_number (double value);
char *semio_cli_format_figure (SemioFigure figure);
char *semio_cli_format_interval (SemioInterval interval);
/* To standard output in so many characters (widths of printf() count bytes), to the left when negative. */
void semio_cli_print_cell (const char *text, int width);
/* {"value": 0.5} or {"missing": "never_said", "text": "no answer says yes"}, with the interval (nullable) where there is one. */
JsonObject *semio_cli_figure_to_json (SemioFigure figure, const SemioInterval *interval);

G_END_DECLS
