/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-answer.h"

G_BEGIN_DECLS

/* How the answers of segments become the answer of a recording. */
typedef enum {
  SEMIO_JOIN_ANY,
  SEMIO_JOIN_MAJORITY,
  SEMIO_JOIN_ONSET,
} SemioJoin;

/* What of the picture a group looks at. */
typedef enum {
  SEMIO_FRAMING_WHOLE,
  SEMIO_FRAMING_BODY,
  SEMIO_FRAMING_FACE,
} SemioFraming;

typedef struct {
  char *id; /* "limb_body", never translated */
  char *label; /* translated for the default set */
  gboolean from_sound; /* judged by ear */
  SemioFraming framing; /* where the eye goes first */
} SemioFeatureGroup;

typedef struct {
  char *id;
  char *label;
  char *definition;
  guint group; /* index into the set's groups */
  gboolean takes_na; /* "na" is one of its answers */
  SemioJoin join;
  gboolean ilae; /* a term of the ILAE's glossary, else an item of the published study */
  gboolean has_side; /* laterality is asked */
} SemioFeature;

/**
 * SemioFeatureSet:
 *
 * What is looked for: ordered features in ordered groups. Immutable, reference counted.
 */
typedef struct _SemioFeatureSet SemioFeatureSet;

/* The twenty features the program comes with (data/features/default.json, compiled in). */
SemioFeatureSet *semio_feature_set_new_default (void);
SemioFeatureSet *semio_feature_set_new_from_json (const char *json, gssize length, GError **error);
/* Canonical JSON, as a study keeps it. */
char *semio_feature_set_to_json (SemioFeatureSet *set);
SemioFeatureSet *semio_feature_set_ref (SemioFeatureSet *set);
void semio_feature_set_unref (SemioFeatureSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFeatureSet, semio_feature_set_unref)

guint semio_feature_set_get_n_features (SemioFeatureSet *set);
const SemioFeature *semio_feature_set_get (SemioFeatureSet *set, guint index);
/* Index, or -1. */
int semio_feature_set_find (SemioFeatureSet *set, const char *id);
guint semio_feature_set_get_n_groups (SemioFeatureSet *set);
const SemioFeatureGroup *semio_feature_set_get_group (SemioFeatureSet *set, guint index);
gboolean semio_feature_set_is_from_sound (SemioFeatureSet *set, guint feature);

G_END_DECLS
