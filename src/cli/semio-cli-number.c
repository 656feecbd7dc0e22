/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-cli-number.h"

#include <math.h>
#include <stdio.h>

char *
semio_cli_format_number (double value)
{
  int thousandths = (int) lround (value * 1000);

  return g_strdup_printf ("%s%d.%03d", thousandths < 0 ? "-" : "", ABS (thousandths) / 1000, ABS (thousandths) % 1000);
}

char *
semio_cli_format_figure (SemioFigure figure)
{
  return figure.state == SEMIO_FIGURE_KNOWN ? semio_cli_format_number (figure.value) : g_strdup ("–");
}

char *
semio_cli_format_interval (SemioInterval interval)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (interval.state != SEMIO_FIGURE_KNOWN)
    return g_strdup ("–");
  low = semio_cli_format_number (interval.low);
  high = semio_cli_format_number (interval.high);
  /* A dash beside a minus cannot be read. */
  return g_strdup_printf (interval.low < 0 ? "%s … %s" : "%s–%s", low, high);
}

void
semio_cli_print_cell (const char *text, int width)
{
  int blanks = ABS (width) - (int) g_utf8_strlen (text, -1);

  fprintf (stdout, "%*s%s%*s", width > 0 ? MAX (blanks, 0) : 0, "", text, width < 0 ? MAX (blanks, 0) : 0, "");
}

JsonObject *
semio_cli_figure_to_json (SemioFigure figure, const SemioInterval *interval)
{
  JsonObject *object = json_object_new ();

  if (figure.state != SEMIO_FIGURE_KNOWN)
    {
      json_object_set_string_member (object, "missing", semio_figure_state_to_id (figure.state));
      json_object_set_string_member (object, "text", semio_figure_state_describe (figure.state));
      return object;
    }
  json_object_set_double_member (object, "value", figure.value);
  if (interval != NULL && interval->state == SEMIO_FIGURE_KNOWN)
    {
      json_object_set_double_member (object, "low", interval->low);
      json_object_set_double_member (object, "high", interval->high);
    }
  else if (interval != NULL)
    json_object_set_string_member (object, "no_interval", semio_figure_state_to_id (interval->state));
  return object;
}
