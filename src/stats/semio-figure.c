/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-figure.h"

#include <glib/gi18n-lib.h>

SemioFigure
semio_figure_new (double value)
{
  return (SemioFigure){ value, SEMIO_FIGURE_KNOWN };
}

SemioFigure
semio_figure_missing (SemioFigureState state)
{
  return (SemioFigure){ 0, state };
}

SemioFigure
semio_figure_share (double part, double whole, SemioFigureState if_none)
{
  return whole > 0 ? semio_figure_new (part / whole) : semio_figure_missing (if_none);
}

SemioInterval
semio_interval_missing (SemioFigureState state)
{
  return (SemioInterval){ 0, 0, state };
}

const char *
semio_figure_state_to_id (SemioFigureState state)
{
  static const char *const ids[] = {
    [SEMIO_FIGURE_KNOWN] = "",
    [SEMIO_FIGURE_NO_PAIRS] = "nothing_scored",
    [SEMIO_FIGURE_NO_POSITIVES] = "no_positives",
    [SEMIO_FIGURE_NO_NEGATIVES] = "no_negatives",
    [SEMIO_FIGURE_NEVER_SAID] = "never_said",
    [SEMIO_FIGURE_NO_VARIATION] = "no_variation",
    [SEMIO_FIGURE_NEEDS_PATIENTS] = "needs_two_patients",
    [SEMIO_FIGURE_FEW_PATIENTS] = "needs_four_patients",
    [SEMIO_FIGURE_NEEDS_RATERS] = "needs_two_raters",
    [SEMIO_FIGURE_NO_SCORES] = "needs_scores",
    [SEMIO_FIGURE_NO_TIMES] = "needs_times",
    [SEMIO_FIGURE_TOO_RARE] = "too_rare",
    [SEMIO_FIGURE_ONE_CLASS] = "one_class_only",
    [SEMIO_FIGURE_NOT_DRAWN] = "not_drawn",
  };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (ids), "");
  return ids[state];
}

const char *
semio_figure_state_describe (SemioFigureState state)
{
  switch (state)
    {
    case SEMIO_FIGURE_NO_PAIRS:
      return _ ("nothing was scored");
    case SEMIO_FIGURE_NO_POSITIVES:
      return _ ("the reference never says yes");
    case SEMIO_FIGURE_NO_NEGATIVES:
      return _ ("the reference never says no");
    case SEMIO_FIGURE_NEVER_SAID:
      return _ ("no answer says yes");
    case SEMIO_FIGURE_NO_VARIATION:
      return _ ("all values are the same");
    case SEMIO_FIGURE_NEEDS_PATIENTS:
      return _ ("needs two patients");
    case SEMIO_FIGURE_FEW_PATIENTS:
      return _ ("needs four patients");
    case SEMIO_FIGURE_NEEDS_RATERS:
      return _ ("needs two raters");
    case SEMIO_FIGURE_NO_SCORES:
      return _ ("needs answers with scores");
    case SEMIO_FIGURE_NO_TIMES:
      return _ ("needs times");
    case SEMIO_FIGURE_TOO_RARE:
      return _ ("too rare for an interval");
    case SEMIO_FIGURE_ONE_CLASS:
      return _ ("one class only");
    case SEMIO_FIGURE_NOT_DRAWN:
      return _ ("no resamples were asked for");
    case SEMIO_FIGURE_KNOWN:
    default:
      return NULL;
    }
}
