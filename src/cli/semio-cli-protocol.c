/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a run's protocol as options. */
#include "semio-cli-protocol.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-text.h"

/* Pictures a second are kept as a fraction: to a thousandth when there are few, else to a tenth. */
#define RATE_PARTS_FEW 1000
#define RATE_PARTS 10
#define HIGHEST_RATE 100
#define SHORTEST_S 0.1
#define LONGEST_S 86400

void
semio_cli_protocol_clear (SemioCliProtocol *protocol)
{
  g_free (protocol->seed);
  g_free (protocol->save);
}

static gboolean
refuse (GError **error, const char *option, const char *range)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("--%s must be %s."), option, range);
  return FALSE;
}

/* A number that was not given is negative and leaves what stands. */
static gboolean
set_count (guint *member, int given, int lowest, int highest, const char *option, GError **error)
{
  g_autofree char *range = g_strdup_printf (_ ("a whole number from %d to %d"), lowest, highest);

  if (given == -1)
    return TRUE;
  if (given < lowest || given > highest)
    return refuse (error, option, range);
  *member = (guint) given;
  return TRUE;
}

static gboolean
set_seconds (gint64 *member, double given, const char *option, GError **error)
{
  if (given == -1)
    return TRUE;
  if (!(given >= SHORTEST_S && given <= LONGEST_S))
    return refuse (error, option, _ ("a number of seconds from 0.1 to 86400"));
  *member = llround (given * SEMIO_NS_PER_SECOND);
  return TRUE;
}

static gboolean
set_rate (SemioRunConfig *config, double given, GError **error)
{
  guint parts = given < 1 ? RATE_PARTS_FEW : RATE_PARTS;
  guint a, b;

  if (given == -1)
    return TRUE;
  if (!(given >= 1.0 / RATE_PARTS_FEW && given <= HIGHEST_RATE))
    return refuse (error, "rate", _ ("a number from 0.001 to 100"));
  a = config->rate_num = (guint) lround (given * parts);
  b = config->rate_den = parts;
  while (b != 0)
    {
      guint rest = a % b;

      a = b;
      b = rest;
    }
  config->rate_num /= a;
  config->rate_den /= a;
  return TRUE;
}

static gboolean
set_seed (SemioRunConfig *config, const char *given, GError **error)
{
  gint64 seed = -1;

  if (given == NULL)
    return TRUE;
  if (!g_str_equal (given, "none") && (!semio_text_to_int64 (given, &seed, NULL) || seed < 0))
    return refuse (error, "seed", _ ("a whole number from 0 on, or “none”"));
  config->seed = seed;
  return TRUE;
}

gboolean
semio_cli_protocol_apply (const SemioCliProtocol *protocol, SemioRunConfig *config, GError **error)
{
  if (protocol->temperature != -1 && !(protocol->temperature >= 0 && protocol->temperature <= 2))
    return refuse (error, "temperature", _ ("a number from 0 to 2"));
  if (!set_rate (config, protocol->rate, error) || !set_seconds (&config->segment_ns, protocol->segment_s, "segment", error)
      || !set_seconds (&config->step_ns, protocol->step_s, "step", error)
      || !set_count (&config->max_frames, protocol->max_frames, 1, 10000, "max-frames", error)
      || !set_count (&config->height_px, protocol->height_px, 0, 8192, "height", error)
      || !set_count (&config->quality, protocol->quality, 1, 100, "quality", error)
      || !set_count (&config->max_tokens, protocol->max_tokens, 1, 1000000, "max-tokens", error)
      || !set_count (&config->max_tokens_again, protocol->max_tokens_again, 1, 1000000, "max-tokens-again", error)
      || !set_seed (config, protocol->seed, error))
    return FALSE;
  if (protocol->temperature != -1)
    config->temperature = protocol->temperature;
  if (protocol->frames_with_sound)
    config->frames_with_sound = TRUE;
  if (protocol->no_schema)
    config->use_schema = FALSE;
  return TRUE;
}

gboolean
semio_cli_protocol_save (const SemioCliProtocol *protocol, const SemioRunConfig *config, GError **error)
{
  g_autofree char *json = NULL;

  if (protocol->save == NULL)
    return TRUE;
  json = semio_run_config_to_json (config);
  return g_file_set_contents (protocol->save, json, -1, error);
}
