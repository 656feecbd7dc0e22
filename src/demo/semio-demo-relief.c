/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-relief.h"

#include <math.h>
#include <string.h>

#define W SEMIO_RELIEF_WIDTH
#define H SEMIO_RELIEF_HEIGHT
#define N (W * H)
#define CELL_PX 2.0f
/* Towards the lamp, which hangs above the head end to the screen's left. */
#define LIGHT_X (-0.42f)
#define LIGHT_Y (-0.40f)
#define LIGHT_Z 0.815f

struct _SemioDemoRelief {
  float heights[N];
  float room_heights[N];
  float blurred[N];
  float scratch[N];
  float folds[N];
  guint16 shades[N];
  guint16 room_shades[N];
};

/* Smooth wandering folds: warped waves of several directions. */
static void
make_folds (SemioDemoRelief *self, guint32 seed)
{
  double shift = (double) (seed % 97);

  for (int y = 0; y < H; y++)
    for (int x = 0; x < W; x++)
      {
        double px = x * 2.0, py = y * 2.0;
        double warp = 13 * sin (px / 61 + shift) + 11 * sin (py / 47 + shift * 2) + 6 * sin ((px + py) / 23);
        double a = sin ((px * 0.92 + py * 0.22 + warp) / 11.5 + shift);
        double b = sin ((px * 0.55 - py * 0.70 + warp * 1.4) / 17 + shift * 3);
        double c = sin ((px * 0.2 + py * 1.0 - warp) / 25);
        double gate = 0.5 + 0.5 * sin (px / 71 + shift * 5) * sin (py / 53 + shift);

        self->folds[y * W + x] = (float) (gate * (1.1 * a * a * a + 1.2 * b) + 0.8 * c);
      }
}

SemioDemoRelief *
semio_demo_relief_new (guint32 seed)
{
  SemioDemoRelief *self = g_new0 (SemioDemoRelief, 1);

  make_folds (self, seed);
  for (guint i = 0; i < N; i++)
    self->heights[i] = -34;
  return self;
}

void
semio_demo_relief_free (SemioDemoRelief *self)
{
  g_free (self);
}

/* The range of cells that a box of pixels covers; FALSE when it covers none. */
static gboolean
get_cells (double x, double y, double width, double height, int cells[4])
{
  cells[0] = CLAMP ((int) floor (x / 2), 0, W);
  cells[1] = CLAMP ((int) floor (y / 2), 0, H);
  cells[2] = CLAMP ((int) ceil ((x + width) / 2), 0, W);
  cells[3] = CLAMP ((int) ceil ((y + height) / 2), 0, H);
  return cells[0] < cells[2] && cells[1] < cells[3];
}

void
semio_demo_relief_add_box (SemioDemoRelief *self, double x, double y, double width, double height, double z, double soft_px)
{
  int cells[4];

  if (!get_cells (x, y, width, height, cells))
    return;
  for (int cy = cells[1]; cy < cells[3]; cy++)
    for (int cx = cells[0]; cx < cells[2]; cx++)
      {
        double edge = MIN (MIN (cx * 2 - x, x + width - cx * 2), MIN (cy * 2 - y, y + height - cy * 2));
        double round = CLAMP (1 - edge / soft_px, 0, 1);
        float top = (float) (z - soft_px * 0.5 * round * round);

        self->heights[cy * W + cx] = MAX (self->heights[cy * W + cx], top);
      }
}

void
semio_demo_relief_add_cushion (SemioDemoRelief *self, double x, double y, double width, double height, double z, double bulge)
{
  int cells[4];

  if (!get_cells (x, y, width, height, cells))
    return;
  for (int cy = cells[1]; cy < cells[3]; cy++)
    for (int cx = cells[0]; cx < cells[2]; cx++)
      {
        double u = fabs ((cx * 2 - x) / width * 2 - 1), v = fabs ((cy * 2 - y) / height * 2 - 1);
        double r = pow (pow (u, 3.4) + pow (v, 3.0), 0.5);
        float top;

        if (r >= 1)
          continue;
        top = (float) (z + bulge * sqrt (1 - r)) + 0.9f * self->folds[cy * W + cx];
        self->heights[cy * W + cx] = MAX (self->heights[cy * W + cx], top);
      }
}

void
semio_demo_relief_press (SemioDemoRelief *self, double x, double y, double radius, double depth)
{
  int cells[4];

  if (!get_cells (x - radius, y - radius, 2 * radius, 2 * radius, cells))
    return;
  for (int cy = cells[1]; cy < cells[3]; cy++)
    for (int cx = cells[0]; cx < cells[2]; cx++)
      {
        double d = hypot (cx * 2 - x, cy * 2 - y) / radius;

        if (d < 1)
          self->heights[cy * W + cx] -= (float) (depth * (1 - d * d) * (1 - d * d));
      }
}

void
semio_demo_relief_freeze (SemioDemoRelief *self)
{
  memcpy (self->room_heights, self->heights, sizeof self->heights);
  semio_demo_relief_light (self, 0, SEMIO_DEMO_WIDTH_PX);
  memcpy (self->room_shades, self->shades, sizeof self->shades);
}

void
semio_demo_relief_start_frame (SemioDemoRelief *self)
{
  memcpy (self->heights, self->room_heights, sizeof self->heights);
}

void
semio_demo_relief_add_limb (SemioDemoRelief *self, SemioDemoPoint a, double a_radius, SemioDemoPoint b, double b_radius)
{
  float ax, ay, ux, uy, length, inverse, dr, dz;
  double r = MAX (a_radius, b_radius);
  int cells[4];

  a = semio_demo_pose_project (a);
  b = semio_demo_pose_project (b);
  if (!get_cells (MIN (a.x, b.x) - r, MIN (a.y, b.y) - r, fabs (a.x - b.x) + 2 * r, fabs (a.y - b.y) + 2 * r, cells))
    return;
  ax = (float) a.x;
  ay = (float) a.y;
  ux = (float) (b.x - a.x);
  uy = (float) (b.y - a.y);
  length = ux * ux + uy * uy;
  inverse = length > 0 ? 1 / length : 0;
  dr = (float) (b_radius - a_radius);
  dz = (float) (b.z - a.z);
  for (int cy = cells[1]; cy < cells[3]; cy++)
    {
      float *row = self->heights + cy * W;
      float py = (float) cy * CELL_PX + 1 - ay;

      for (int cx = cells[0]; cx < cells[2]; cx++)
        {
          float px = (float) cx * CELL_PX + 1 - ax;
          float t = CLAMP ((px * ux + py * uy) * inverse, 0.f, 1.f);
          float qx = px - t * ux, qy = py - t * uy;
          float radius = (float) a_radius + t * dr;
          float rest = radius * radius - qx * qx - qy * qy;
          float top = (float) a.z + t * dz + sqrtf (MAX (rest, 0.f));

          row[cx] = rest > 0 && top > row[cx] ? top : row[cx];
        }
    }
}

void
semio_demo_relief_add_ball (SemioDemoRelief *self, SemioDemoPoint at, double x_radius, double y_radius, double z_radius,
                            double angle)
{
  double r = MAX (x_radius, y_radius);
  float c = (float) cos (angle), s = (float) sin (angle);
  float ix = (float) (1 / x_radius), iy = (float) (1 / y_radius), rz = (float) z_radius;
  int cells[4];

  at = semio_demo_pose_project (at);
  if (!get_cells (at.x - r, at.y - r, 2 * r, 2 * r, cells))
    return;
  for (int cy = cells[1]; cy < cells[3]; cy++)
    {
      float *row = self->heights + cy * W;
      float py = (float) cy * CELL_PX + 1 - (float) at.y;

      for (int cx = cells[0]; cx < cells[2]; cx++)
        {
          float px = (float) cx * CELL_PX + 1 - (float) at.x;
          float qx = (c * px + s * py) * ix, qy = (c * py - s * px) * iy;
          float rest = 1 - qx * qx - qy * qy;
          float top = (float) at.z + rz * sqrtf (MAX (rest, 0.f));

          row[cx] = rest > 0 && top > row[cx] ? top : row[cx];
        }
    }
}

void
semio_demo_relief_add_folds (SemioDemoRelief *self, double x, double y, double width, double height, double dx, double dy,
                             double size)
{
  int cells[4], sx = (int) lround (dx / 2), sy = (int) lround (dy / 2);

  if (!get_cells (x, y, width, height, cells))
    return;
  for (int cy = cells[1]; cy < cells[3]; cy++)
    for (int cx = cells[0]; cx < cells[2]; cx++)
      {
        int fx = CLAMP (cx - sx, 0, W - 1), fy = CLAMP (cy - sy, 0, H - 1);
        float u = (float) (cx * 2 - x) / (float) width, v = (float) (cy * 2 - y) / (float) height;
        float edge = MIN (1.f, 8 * MIN (MIN (u, 1 - u), MIN (v, 1 - v)));

        self->heights[cy * W + cx] += (float) size * edge * self->folds[fy * W + fx];
      }
}

/* A box mean in one direction: count values, stride apart. */
static void
blur_line (const float *in, float *out, int count, int stride, int radius)
{
  float sum = 0, scale = 1.f / (float) (2 * radius + 1);

  for (int i = -radius; i <= radius; i++)
    sum += in[CLAMP (i, 0, count - 1) * stride];
  for (int i = 0; i < count; i++)
    {
      out[i * stride] = sum * scale;
      sum += in[MIN (i + radius + 1, count - 1) * stride] - in[MAX (i - radius, 0) * stride];
    }
}

/* A box mean down the columns of a part, row by row so that memory is read in order. */
static void
blur_columns (const float *in, float *out, const int cells[4], int radius)
{
  float sums[W] = { 0 }, scale = 1.f / (float) (2 * radius + 1);

  for (int i = -radius; i <= radius; i++)
    for (int x = cells[0]; x < cells[2]; x++)
      sums[x] += in[CLAMP (cells[1] + i, cells[1], cells[3] - 1) * W + x];
  for (int y = cells[1]; y < cells[3]; y++)
    {
      const float *next = in + MIN (y + radius + 1, cells[3] - 1) * W, *last = in + MAX (y - radius, cells[1]) * W;

      for (int x = cells[0]; x < cells[2]; x++)
        {
          out[y * W + x] = sums[x] * scale;
          sums[x] += next[x] - last[x];
        }
    }
}

static void
blur (SemioDemoRelief *self, const float *in, float *out, const int cells[4], int radius)
{
  for (int y = cells[1]; y < cells[3]; y++)
    blur_line (in + y * W + cells[0], self->scratch + y * W + cells[0], cells[2] - cells[0], 1, radius);
  blur_columns (self->scratch, out, cells, radius);
}

void
semio_demo_relief_drape (SemioDemoRelief *self, double x, double y, double width, double height)
{
  int cells[4];

  if (!get_cells (x, y, width, height, cells))
    return;
  blur (self, self->heights, self->blurred, cells, 3);
  blur (self, self->blurred, self->blurred, cells, 2);
  for (int cy = cells[1]; cy < cells[3]; cy++)
    for (int cx = cells[0]; cx < cells[2]; cx++)
      {
        int edge = MIN (MIN (cx - cells[0], cells[2] - cx), MIN (cy - cells[1], cells[3] - cy));
        float share = 0.85f * MIN (1.f, (float) edge / 8);
        float *h = &self->heights[cy * W + cx];

        *h += share * (self->blurred[cy * W + cx] - *h);
      }
}

void
semio_demo_relief_add_blanket (SemioDemoRelief *self, double left_px, double right_px, double left_edge_px, double right_edge_px,
                               double shift_px)
{
  int cells[4], shift = (int) lround (shift_px / 2);
  double top = MIN (left_edge_px, right_edge_px) - 4;

  if (!get_cells (left_px, top, right_px - left_px, 480 - top, cells))
    return;
  blur (self, self->heights, self->blurred, cells, 3);
  blur (self, self->blurred, self->blurred, cells, 3);
  for (int cy = cells[1]; cy < cells[3]; cy++)
    for (int cx = cells[0]; cx < cells[2]; cx++)
      {
        double share = (cx * 2 - left_px) / (right_px - left_px);
        double edge = left_edge_px + share * (right_edge_px - left_edge_px) + 5 * sin (share * 9 + 1);
        float depth = (float) (cy * 2 - edge);
        float *h = &self->heights[cy * W + cx], cover = self->blurred[cy * W + cx];
        int fx = CLAMP (cx - shift, 0, W - 1);

        if (depth < 0)
          continue;
        cover = MAX (cover, *h * 0.75f + cover * 0.25f);
        /* The turned-down edge is thick and round; below it the cloth folds the more the less it is stretched. */
        cover += 3.5f + (depth < 26 ? 2.5f * sqrtf (MAX (0.f, 1 - (depth - 13) * (depth - 13) / 169)) : 0);
        cover += (2.0f - CLAMP (cover * 0.012f, 0.f, 1.f)) * self->folds[cy * W + fx] * MIN (1.f, depth / 20);
        *h = MAX (*h, cover);
      }
}

double
semio_demo_relief_get_height (SemioDemoRelief *self, double x, double y)
{
  return self->heights[CLAMP ((int) (y / 2), 0, H - 1) * W + CLAMP ((int) (x / 2), 0, W - 1)];
}

/* One row of light: slope against the lamp, creases darker, and what stands between here and the lamp. */
static void
light_row (SemioDemoRelief *self, int y, int begin, int end)
{
  const float *h = self->heights + y * W, *up = h - W, *down = h + W, *mean = self->blurred + y * W;
  const float *near_lamp = self->heights + MAX (y - 3, 0) * W, *far_lamp = self->heights + MAX (y - 7, 0) * W;
  guint16 *out = self->shades + y * W;

  for (int x = begin; x < end; x++)
    {
      float dx = CLAMP ((h[x + 1] - h[x - 1]) * 0.25f, -1.6f, 1.6f);
      float dy = CLAMP ((down[x] - up[x]) * 0.25f, -1.6f, 1.6f);
      float slope = (LIGHT_Z - dx * LIGHT_X - dy * LIGHT_Y) / sqrtf (1 + dx * dx + dy * dy);
      float crease = CLAMP ((mean[x] - h[x]) * 0.026f, -0.10f, 0.46f);
      float shadow = CLAMP ((near_lamp[x - 3] - h[x] - 7) * 0.05f, 0.f, 1.f);
      float far = CLAMP ((far_lamp[x - 7] - h[x] - 17) * 0.04f, 0.f, 1.f);
      float shade = 0.50f + 0.60f * CLAMP (slope, 0.f, 1.f);

      shadow = MAX (shadow, far * 0.8f);
      shade *= (1 - crease) * (1 - 0.30f * shadow);
      out[x] = (guint16) (shade * 256);
    }
}

/* A 3×3 mean with a heavy middle takes the stairs out of the cells. */
static void
soften (SemioDemoRelief *self, int begin, int end)
{
  guint16 above[W], here[W];

  memcpy (above, self->shades, sizeof above);
  for (int y = 1; y < H - 1; y++)
    {
      guint16 *row = self->shades + y * W;
      const guint16 *below = row + W;

      memcpy (here, row, sizeof here);
      for (int x = begin; x < end; x++)
        row[x] = (guint16) ((4 * here[x] + 2 * (here[x - 1] + here[x + 1] + above[x] + below[x]) + above[x - 1] + above[x + 1]
                             + below[x - 1] + below[x + 1])
                            >> 4);
      memcpy (above, here, sizeof above);
    }
}

/* The outermost cells have no neighbours to tell a slope from; they are lit as the ones beside them. */
static void
fill_edges (SemioDemoRelief *self, int begin, int end, gboolean at_left, gboolean at_right)
{
  for (int y = 1; y < H - 1; y++)
    {
      guint16 *row = self->shades + y * W;

      for (int x = 0; x < begin && at_left; x++)
        row[x] = row[begin];
      for (int x = end; x < W && at_right; x++)
        row[x] = row[end - 1];
    }
  memcpy (self->shades, self->shades + W, W * sizeof (guint16));
  memcpy (self->shades + (H - 1) * W, self->shades + (H - 2) * W, W * sizeof (guint16));
}

void
semio_demo_relief_light (SemioDemoRelief *self, double left_px, double right_px)
{
  int cells[4] = { CLAMP ((int) (left_px / 2) - 8, 0, W - 32), 0, CLAMP ((int) (right_px / 2) + 1, 32, W), H };
  int begin = cells[0] + 8, end = cells[2] - 1;

  blur (self, self->heights, self->blurred, cells, 7);
  blur (self, self->blurred, self->blurred, cells, 5);
  memcpy (self->shades, self->room_shades, sizeof self->shades);
  for (int y = 1; y < H - 1; y++)
    light_row (self, y, begin, end);
  fill_edges (self, begin, end, cells[0] == 0, cells[2] == W);
  soften (self, begin, end);
}

void
semio_demo_relief_get_row (SemioDemoRelief *self, guint row, guint16 shades[SEMIO_DEMO_WIDTH_PX])
{
  guint cy = row / 2;
  guint other = row % 2 ? MIN (cy + 1, H - 1) : (cy > 0 ? cy - 1 : 0);
  const guint16 *a = self->shades + cy * W, *b = self->shades + other * W;
  guint16 mixed[W + 2];

  for (guint x = 0; x < W; x++)
    mixed[x + 1] = (guint16) ((3 * a[x] + b[x]) >> 2);
  mixed[0] = mixed[1];
  mixed[W + 1] = mixed[W];
  for (guint x = 0; x < W; x++)
    {
      shades[2 * x] = (guint16) ((3 * mixed[x + 1] + mixed[x]) >> 2);
      shades[2 * x + 1] = (guint16) ((3 * mixed[x + 1] + mixed[x + 2]) >> 2);
    }
}
