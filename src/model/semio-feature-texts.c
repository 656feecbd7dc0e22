/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-feature-texts.h"

#include <glib/gi18n-lib.h>

/* The texts of data/features/default.json, standing here so that translators get them; a test compares the two. */
static const char *const texts[] = {
  /* clang-format off */
  N_ ("Limb and body"),
  N_ ("Facial"),
  N_ ("Audio"),
  N_ ("Onset during sleep"),
  N_ ("Just before onset the patient appears to be asleep. Only an EEG can prove sleep."),
  N_ ("Arm flexion"),
  N_ ("One elbow or both are bent for at least a few frames."),
  N_ ("Arm straightening"),
  N_ ("One elbow or both are stretched out for at least a few frames."),
  N_ ("Arms move simultaneously"),
  N_ ("Both arms start to move at about the same moment."),
  N_ ("Figure-4 posture"),
  N_ ("In the tonic phase one elbow is rigidly stretched while the other is bent. The stretched arm usually lies opposite the hemisphere of onset."),
  N_ ("Tonic"),
  N_ ("The body or a part of it stays stiff, from seconds to tens of seconds."),
  N_ ("Clonic"),
  N_ ("The same muscles jerk again and again in a regular rhythm, about 0.2 to 5 times a second. Towards the end of a bilateral tonic-clonic seizure the jerks typically slow down, but they need not."),
  N_ ("Limb automatisms"),
  N_ ("Hands or feet fumble, pick, rub or pat, over and over in the same way."),
  N_ ("Asynchronous movement"),
  N_ ("The limbs shake out of step with one another, at a changing rate or strength."),
  N_ ("Pelvic thrusting"),
  N_ ("The hips move forward and backward again and again."),
  N_ ("Full-body shaking"),
  N_ ("Arms, legs and trunk shake at the same time."),
  N_ ("Blank stare"),
  N_ ("The eyes are open, the gaze is fixed and vacant. Arrest and unresponsiveness are recorded apart."),
  N_ ("Closed eyes"),
  N_ ("The eyes are closed for most of the event."),
  N_ ("Eye blinking"),
  N_ ("The eyelids blink quickly and repeatedly."),
  N_ ("Oral automatisms"),
  N_ ("The mouth chews, smacks or swallows, or the tongue moves, again and again."),
  N_ ("Face pulling"),
  N_ ("One side of the face is pulled and stays so."),
  N_ ("Face twitching"),
  N_ ("Muscles of the face jerk slightly and repeatedly."),
  N_ ("Head turning"),
  N_ ("Head and eyes turn to one side, forced, sustained and unnatural. The side is the patient's side turned to; whether the turn is forced and when it happens decide what it is worth."),
  N_ ("Verbal responsiveness"),
  N_ ("Someone speaks to the patient and the patient answers coherently. Not applicable when nobody speaks to the patient."),
  N_ ("Ictal vocalization"),
  N_ ("The patient groans, moans, makes guttural sounds or repeats the same phrases."),
  /* clang-format on */
};

/* The texts of a study's own feature set are left as its author wrote them, even where the catalogue of the program
 * knows the same words. */
const char *
semio_feature_texts_translate (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i], text))
      return _ (text);
  return text;
}

gboolean
semio_feature_texts_contains (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i], text))
      return TRUE;
  return FALSE;
}
