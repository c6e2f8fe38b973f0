import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '~db/client.server';
import type { MediaStore } from '~/infra/media-store.server';

/** Where the bytes of an upload lie; it is also where conversion reads them. */
export function uploadFile(store: MediaStore, uploadId: string): string {
  return join(store.uploads, uploadId);
}

/** Bytes received of an upload, undefined when there is no file. */
export async function receivedBytes(
  store: MediaStore,
  uploadId: string,
): Promise<number | undefined> {
  return stat(uploadFile(store, uploadId)).then(
    (found) => found.size,
    () => undefined,
  );
}

/** Bytes that the uploads on their way still have to bring: room they were promised. */
export async function expectedBytes(db: Db, store: MediaStore): Promise<number> {
  const open = await db
    .selectFrom('upload')
    .select(['id', 'bytes'])
    .where('finished_at', 'is', null)
    .execute();
  let missing = 0;
  for (const { id, bytes } of open) missing += bytes - ((await receivedBytes(store, id)) ?? 0);
  return missing;
}

/** Resolves when the received bytes are on the disk for good. */
export async function syncUpload(store: MediaStore, uploadId: string): Promise<void> {
  const file = await open(uploadFile(store, uploadId), 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes the bytes of an upload and what the upload protocol noted beside them. */
export async function removeUploadFile(store: MediaStore, uploadId: string): Promise<void> {
  const path = uploadFile(store, uploadId);
  await rm(`${path}.json`, { force: true });
  await rm(path, { force: true });
}
