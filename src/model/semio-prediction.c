/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prediction.h"

/* Frees what the prediction holds, not the prediction: it stands in an array. */
void
semio_prediction_clear (SemioPrediction *prediction)
{
  g_clear_pointer (&prediction->explanation, g_free);
}
