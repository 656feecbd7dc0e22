/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-answer.h"
#include "semio-demo-channel.h"
#include "semio-demo-track.h"
#include "semio-event.h"
#include "semio-feature-set.h"

G_BEGIN_DECLS

#define SEMIO_DEMO_WIDTH_PX 640
#define SEMIO_DEMO_HEIGHT_PX 480
#define SEMIO_DEMO_RATE_HZ 25
#define SEMIO_DEMO_SOUND_RATE_HZ 48000

typedef struct {
  double r, g, b;
} SemioDemoColor;

typedef enum {
  SEMIO_DEMO_HAIR_SHORT,
  SEMIO_DEMO_HAIR_LONG,
  SEMIO_DEMO_HAIR_CROPPED,
} SemioDemoHair;

/* What a patient and a room look like. */
typedef struct {
  SemioDemoColor skin;
  SemioDemoColor hair;
  SemioDemoColor gown;
  SemioDemoColor blanket;
  SemioDemoColor scrubs;
  SemioDemoColor nurse_skin;
  SemioDemoColor nurse_hair;
  SemioDemoColor iris;
  SemioDemoHair hair_style;
  gboolean beard;
  gboolean infrared; /* the camera's night sight: no colours */
  gboolean table_left; /* the bedside table stands at the screen's left, the monitor at its right */
} SemioDemoLook;

/* A feature as it occurs: [begin, end) and the patient's side. */
typedef struct {
  double begin_s;
  double end_s;
  char *side; /* (nullable) "left", "right", "both" */
} SemioDemoInterval;

typedef struct {
  char *id;
  SemioAnswer answer;
  GPtrArray *intervals; /* of #SemioDemoInterval; empty when the feature has no time or did not occur */
} SemioDemoFeature;

typedef enum {
  SEMIO_DEMO_SOUND_GROAN,
  SEMIO_DEMO_SOUND_CRY,
  SEMIO_DEMO_SOUND_NURSE,
  SEMIO_DEMO_SOUND_PATIENT,
  SEMIO_DEMO_SOUND_ALARM,
  SEMIO_DEMO_SOUND_SNORE,
  SEMIO_DEMO_SOUND_SMACK,
  SEMIO_DEMO_SOUND_STEPS,
  SEMIO_DEMO_SOUND_RATTLE,
} SemioDemoSoundKind;

typedef struct {
  SemioDemoSoundKind kind;
  double begin_s;
  double end_s;
  double gain;
  double pitch_hz;
  double rate_hz;
  double end_rate_hz;
} SemioDemoSoundCue;

typedef struct {
  SemioDemoChannel channel;
  SemioDemoWave wave;
} SemioDemoMove;

/**
 * SemioChoreography:
 *
 * All that one recording of the demonstration is drawn, sounded and labelled from. Not changed once read, so that
 * several threads may read it.
 */
typedef struct {
  char *id;
  char *file_name; /* "D1@a.mp4" */
  char *title; /* what happens, for the documentation; shown nowhere in the program */
  char *patient;
  char *pseudonym;
  char *gender;
  double duration_s;
  double onset_s;
  double offset_s;
  SemioEventType type;
  gboolean mirrored;
  gboolean silent; /* no sound track at all */
  guint32 seed;
  SemioDemoLook look;
  SemioDemoTrack tracks[SEMIO_N_CHANNELS];
  GArray *moves; /* of #SemioDemoMove */
  GArray *blinks_s; /* of double */
  GArray *sounds; /* of #SemioDemoSoundCue */
  GPtrArray *features; /* of #SemioDemoFeature, those that are not a plain no */
} SemioChoreography;

SemioChoreography *semio_choreography_new_from_json (const char *json, gssize length, GError **error);
void semio_choreography_free (SemioChoreography *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioChoreography, semio_choreography_free)

/* The choreographies that the program comes with, in the order of their pseudonyms. */
GPtrArray *semio_choreography_load_all (GError **error);

guint semio_choreography_get_n_frames (const SemioChoreography *self);
/* Every channel at a time: track, moves and blinks together. */
void semio_choreography_get_values (const SemioChoreography *self, double time_s, double values[SEMIO_N_CHANNELS]);
/* One channel without the others. */
double semio_choreography_get_value (const SemioChoreography *self, SemioDemoChannel channel, double time_s);
/* (nullable): a feature that is not named did not occur. */
const SemioDemoFeature *semio_choreography_find_feature (const SemioChoreography *self, const char *id);
/* What the reference says: missing for features of sound when there is no sound track. */
SemioAnswer semio_choreography_get_answer (const SemioChoreography *self, const SemioFeature *feature, gboolean from_sound);

G_END_DECLS
