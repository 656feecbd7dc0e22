/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-run-config.h"

G_BEGIN_DECLS

/* Values of the protocol that the command line may change; what is not given keeps that of the settings, else the published
 * protocol's. Owned by the command. */
typedef struct {
  double rate;
  double segment_s;
  double step_s;
  int max_frames;
  int height_px;
  int quality;
  double temperature;
  char *seed;
  int max_tokens;
  int max_tokens_again;
  gboolean frames_with_sound;
  gboolean no_schema;
  char *save; /* (nullable): a file */
} SemioCliProtocol;

/* clang-format off */
#define SEMIO_CLI_PROTOCOL_INIT { .rate = -1, .segment_s = -1, .step_s = -1, .max_frames = -1, .height_px = -1, .quality = -1, \
                                  .temperature = -1, .max_tokens = -1, .max_tokens_again = -1 }
#define SEMIO_CLI_PROTOCOL_OPTIONS(given) \
  { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &(given).rate, N_ ("Pictures a second; published: 2"), "N" }, \
  { "segment", 0, 0, G_OPTION_ARG_DOUBLE, &(given).segment_s, N_ ("Seconds of a segment; published: 30"), "S" }, \
  { "step", 0, 0, G_OPTION_ARG_DOUBLE, &(given).step_s, N_ ("Seconds from one segment's start to the next; published: 25"), "S" }, \
  { "max-frames", 0, 0, G_OPTION_ARG_INT, &(given).max_frames, N_ ("Most pictures of a segment; published: 60"), "N" }, \
  { "height", 0, 0, G_OPTION_ARG_INT, &(given).height_px, N_ ("Largest height of a picture in pixels, 0 as recorded; usual: 448"), "PX" }, \
  { "quality", 0, 0, G_OPTION_ARG_INT, &(given).quality, N_ ("Quality of the JPEG pictures, of 100; usual: 85"), "N" }, \
  { "temperature", 0, 0, G_OPTION_ARG_DOUBLE, &(given).temperature, N_ ("Temperature; published: 0"), "T" }, \
  { "seed", 0, 0, G_OPTION_ARG_STRING, &(given).seed, N_ ("Seed that is sent; usual: none"), "N|none" }, \
  { "max-tokens", 0, 0, G_OPTION_ARG_INT, &(given).max_tokens, N_ ("Longest answer; usual: 512"), "N" }, \
  { "max-tokens-again", 0, 0, G_OPTION_ARG_INT, &(given).max_tokens_again, N_ ("Once more, when an answer was cut; usual: 2048"), "N" }, \
  { "frames-with-sound", 0, 0, G_OPTION_ARG_NONE, &(given).frames_with_sound, N_ ("Send the pictures too with what is judged by ear"), NULL }, \
  { "no-schema", 0, 0, G_OPTION_ARG_NONE, &(given).no_schema, N_ ("Do not hold the server to the form of the answer"), NULL }, \
  { "save-settings", 0, 0, G_OPTION_ARG_FILENAME, &(given).save, N_ ("Write the settings of the run to a file, for --settings"), N_ ("FILE") }
/* clang-format on */

void semio_cli_protocol_clear (SemioCliProtocol *protocol);
/* Puts what was given over the configuration. An error names the option that cannot be. */
gboolean semio_cli_protocol_apply (const SemioCliProtocol *protocol, SemioRunConfig *config, GError **error);
/* Writes the configuration when that was asked for. */
gboolean semio_cli_protocol_save (const SemioCliProtocol *protocol, const SemioRunConfig *config, GError **error);

G_END_DECLS
