/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-key.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "semio-config.h"
#include "semio-session-error.h"

#define MAX_BYTES (16 * 1024)

struct _SemioKey {
  gatomicrefcount refs;
  gsize mapped; /* bytes of the mapping that text stands in */
  char *text;
};

static const SecretSchema key_schema = {
  SEMIO_APPLICATION_ID ".Key",
  SECRET_SCHEMA_NONE,
  { { "endpoint", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* Libraries that send the key hold copies for a moment; without a core dump those do not reach a disk either. */
static void
forbid_core_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
}

static SemioKey *
key_new_length (const char *text, gsize length)
{
  SemioKey *key;
  gsize page = (gsize) sysconf (_SC_PAGESIZE);

  while (length > 0 && g_ascii_isspace (text[0]))
    {
      text++;
      length--;
    }
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0)
    return NULL;
  forbid_core_dumps ();
  key = g_new0 (SemioKey, 1);
  g_atomic_ref_count_init (&key->refs);
  key->mapped = (length + 1 + page - 1) / page * page;
  key->text = mmap (NULL, key->mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (key->text == MAP_FAILED)
    g_error ("no memory for a key");
  /* Both may be refused by a limit; the key then is as safe as other memory. */
  mlock (key->text, key->mapped);
  madvise (key->text, key->mapped, MADV_DONTDUMP);
  memcpy (key->text, text, length);
  return key;
}

SemioKey *
semio_key_new (const char *text)
{
  return text ? key_new_length (text, strlen (text)) : NULL;
}

SemioKey *
semio_key_take_environment (const char *name)
{
  /* g_getenv() may give a copy on other systems; here it is the very memory that /proc shows. */
  char *value = (char *) g_getenv (name);
  SemioKey *key;

  if (value == NULL)
    return NULL;
  key = semio_key_new (value);
  explicit_bzero (value, strlen (value));
  g_unsetenv (name);
  return key;
}

SemioKey *
semio_key_read_descriptor (int descriptor, GError **error)
{
  char buffer[MAX_BYTES];
  gsize length = 0;
  SemioKey *key = NULL;

  while (length < sizeof buffer)
    {
      gssize n = read (descriptor, buffer + length, sizeof buffer - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                       _ ("The key could not be read from descriptor %d: %s. Say which open descriptor holds it."), descriptor,
                       g_strerror (errno));
          explicit_bzero (buffer, sizeof buffer);
          return NULL;
        }
      if (n == 0)
        break;
      length += (gsize) n;
    }
  if (length == sizeof buffer || memchr (buffer, '\0', length) != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("What descriptor %d holds is no key: a key is one short line of text."), descriptor);
  else
    key = key_new_length (buffer, length);
  explicit_bzero (buffer, sizeof buffer);
  return key;
}

SemioKey *
semio_key_ref (SemioKey *key)
{
  g_atomic_ref_count_inc (&key->refs);
  return key;
}

void
semio_key_unref (SemioKey *key)
{
  if (!g_atomic_ref_count_dec (&key->refs))
    return;
  explicit_bzero (key->text, key->mapped);
  munmap (key->text, key->mapped);
  g_free (key);
}

const char *
semio_key_get_text (SemioKey *key)
{
  return key ? key->text : NULL;
}

/* Whatever the service's own words are, a person needs to know what it means for the key. */
static void
explain (GError **error)
{
  if (*error == NULL || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (error);
  g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                       _ ("No keyring answers on this machine, so the key is not kept: it holds until the program ends. "
                          "Unlock or install a keyring to keep it."));
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_store_finish (result, &error);
  explain (&error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  explain (&error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
semio_key_store_async (const SemioEndpoint *endpoint, SemioKey *key, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *label = NULL;

  g_task_set_source_tag (task, semio_key_store_async);
  if (key == NULL)
    {
      secret_password_clear (&key_schema, cancellable, cleared_cb, task, "endpoint", endpoint->id, NULL);
      return;
    }
  /* Translators: the label of a key in the user's keyring. %s is what the user calls the server. */
  label = g_strdup_printf (_ ("Key of the model server “%s”"), endpoint->name);
  secret_password_store (&key_schema, SECRET_COLLECTION_DEFAULT, label, key->text, cancellable, stored_cb, task, "endpoint",
                         endpoint->id, NULL);
}

gboolean
semio_key_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *text = secret_password_lookup_finish (result, &error);

  explain (&error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, semio_key_new (text), (GDestroyNotify) semio_key_unref);
  secret_password_free (text);
}

void
semio_key_load_async (const SemioEndpoint *endpoint, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_key_load_async);
  secret_password_lookup (&key_schema, cancellable, loaded_cb, task, "endpoint", endpoint->id, NULL);
}

SemioKey *
semio_key_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
