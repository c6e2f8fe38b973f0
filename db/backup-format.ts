import { z } from 'zod';

/** What lies in a backup folder: tables/<name>.ndjson, and manifest.json written last. */
export const backupManifest = z.object({
  format: z.literal(1),
  createdAt: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), rows: z.number(), sha256: z.string() })),
  /** Without a checksum where the media are not files of this machine. */
  media: z.array(z.object({ key: z.string(), bytes: z.number(), sha256: z.string().nullable() })),
});

export type BackupManifest = z.infer<typeof backupManifest>;
