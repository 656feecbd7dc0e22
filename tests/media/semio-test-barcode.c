/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-barcode.h"

/* White, black, sixteen bits from the highest, parity, parity inverted. */
#define N_CELLS 20
#define WHITE 225
#define BLACK 25

static gboolean
get_cell (guint16 number, int cell)
{
  gboolean parity = __builtin_parity (number);

  if (cell == 0)
    return TRUE;
  if (cell == 1)
    return FALSE;
  if (cell < 18)
    return (number >> (17 - cell)) & 1;
  return cell == 18 ? parity : !parity;
}

void
semio_test_barcode_draw (guint8 *luma, int width_px, int height_px, int stride, guint16 number)
{
  for (int y = height_px * 3 / 4; y < height_px; y++)
    for (int x = 0; x < width_px; x++)
      luma[y * stride + x] = get_cell (number, x * N_CELLS / width_px) ? WHITE : BLACK;
}

/* The mean brightness around the middle of a cell: less than a cell, so that blurred edges stay out. */
static int
sample_cell (const guint8 *bgra, int width_px, int height_px, int stride, int cell)
{
  int x_begin_px = (int) ((cell + 0.35) * width_px / N_CELLS);
  int x_end_px = MAX (x_begin_px + 1, (int) ((cell + 0.65) * width_px / N_CELLS));
  int y_begin_px = height_px * 84 / 100;
  int y_end_px = MAX (y_begin_px + 1, height_px * 91 / 100);
  int sum = 0, n = 0;

  for (int y = y_begin_px; y < y_end_px && y < height_px; y++)
    {
      for (int x = x_begin_px; x < x_end_px && x < width_px; x++)
        {
          sum += bgra[y * stride + x * 4 + 1];
          n++;
        }
    }
  return n ? sum / n : 0;
}

int
semio_test_barcode_read (const guint8 *bgra, int width_px, int height_px, int stride)
{
  guint number = 0;
  gboolean cells[N_CELLS];

  for (int i = 0; i < N_CELLS; i++)
    cells[i] = sample_cell (bgra, width_px, height_px, stride, i) > 128;
  if (!cells[0] || cells[1] || cells[18] == cells[19])
    return -1;
  for (int i = 2; i < 18; i++)
    number = number << 1 | (cells[i] ? 1 : 0);
  return __builtin_parity (number) == cells[18] ? (int) number : -1;
}
