import type { S3Client } from '@aws-sdk/client-s3';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openLocalWork } from './local-work.server';
import { requireKey } from './media-key.server';
import type { MediaStore, StoredObject } from './media-store.server';
import { readS3Address, type S3Address } from './s3-address.server';

const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 3;
const CHECK_EVERY_MS = 10_000;
const TYPES: Record<string, string> = {
  m3u8: 'application/vnd.apple.mpegurl',
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  jpg: 'image/jpeg',
  vtt: 'text/vtt; charset=utf-8',
};

/**
 * A media store in an S3-compatible bucket; uploads and work stay in `dataDir`. The SDK is loaded
 * when the store is first used.
 */
export function openS3Store(url: string, dataDir: string): MediaStore {
  const address = readS3Address(url);
  const work = openLocalWork(join(dataDir, 'media'));
  const Bucket = address.bucket;
  const at = (key: string) => address.prefix + requireKey(key);
  const connect = once(() => connectTo(address, address.endpoint));
  const publicly = once(() => connectTo(address, address.publicEndpoint ?? address.endpoint));
  let checkedAt = Number.NEGATIVE_INFINITY;

  const describe = async (key: string) => {
    const { client, sdk } = await connect();
    const command = new sdk.HeadObjectCommand({ Bucket, Key: at(key) });
    const found = await client.send(command).catch(ignoreMissing);
    if (!found) return undefined;
    return { bytes: found.ContentLength ?? 0, modifiedAt: found.LastModified?.getTime() ?? 0 };
  };
  const fetchBody = async (key: string, range?: { start: number; end: number }) => {
    const { client, sdk } = await connect();
    const Range = range && `bytes=${range.start}-${range.end}`;
    const command = new sdk.GetObjectCommand({ Bucket, Key: at(key), Range });
    return (await client.send(command)).Body;
  };
  const send = async (key: string, Body: Readable | string | Uint8Array) => {
    const { client } = await connect();
    const { Upload } = await import('@aws-sdk/lib-storage');
    const ending = key.split('.').at(-1) ?? '';
    const params = {
      Bucket,
      Key: at(key),
      Body,
      ContentType: TYPES[ending] ?? 'application/octet-stream',
      ...(ending === 'm4s' ? { CacheControl: 'private, max-age=31536000, immutable' } : {}),
    };
    const transfer = { client, params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE };
    await new Upload(transfer).done();
  };
  async function* listUnder(prefix: string): AsyncIterable<StoredObject> {
    const { client, sdk } = await connect();
    for await (const page of sdk.paginateListObjectsV2({ client }, { Bucket, Prefix: prefix })) {
      for (const { Key = '', Size = 0 } of page.Contents ?? []) {
        yield { key: Key.slice(address.prefix.length), bytes: Size, file: undefined };
      }
    }
  }
  const removeOne = async (key: string) => {
    const { client, sdk } = await connect();
    await client.send(new sdk.DeleteObjectCommand({ Bucket, Key: at(key) }));
  };
  const removeUnder = async (prefix: string, except: ReadonlySet<string>) => {
    for await (const { key } of listUnder(`${at(prefix)}/`)) {
      if (!except.has(key)) await removeOne(key);
    }
  };

  return {
    ...work,
    origin: originOf(address),
    stat: describe,
    size: async (key) => (await describe(key))?.bytes,
    async readText(key) {
      const body = await fetchBody(key).catch(ignoreMissing);
      return body?.transformToString();
    },
    read(key, range) {
      const out = new PassThrough();
      fetchBody(key, range)
        .then((body) => pipeline(body as Readable, out))
        .catch((error: unknown) => out.destroy(error as Error));
      return out;
    },
    async adopt(prefix, directory) {
      const entries = await readdir(directory, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        // A playlist is there only when what it names is.
        .sort((a, b) => Number(a.endsWith('.m3u8')) - Number(b.endsWith('.m3u8')));
      const keys = new Set<string>();
      for (const file of files) {
        const key = `${prefix}/${relative(directory, file).split(sep).join('/')}`;
        await send(key, createReadStream(file));
        keys.add(key);
      }
      await removeUnder(prefix, keys);
      await rm(directory, { recursive: true, force: true });
    },
    async adoptFile(key, file) {
      await stat(file);
      await send(key, createReadStream(file));
      await rm(file);
    },
    write: (key, content) => send(key, content),
    // A bucket has what it has answered for.
    settle: () => Promise.resolve(),
    async remove(prefix) {
      await removeOne(prefix);
      await removeUnder(prefix, new Set());
    },
    list: () => listUnder(address.prefix),
    async addressOf(key, seconds) {
      const { client, sdk } = await publicly();
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
      const command = new sdk.GetObjectCommand({ Bucket, Key: at(key) });
      return getSignedUrl(client, command, { expiresIn: seconds });
    },
    async check() {
      await work.check();
      if (performance.now() - checkedAt < CHECK_EVERY_MS) return;
      const { client, sdk } = await connect();
      await client.send(new sdk.HeadBucketCommand({ Bucket }));
      checkedAt = performance.now();
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function connectTo(address: S3Address, endpoint: string | undefined) {
  const sdk = await import('@aws-sdk/client-s3');
  const client: S3Client = new sdk.S3Client({
    region: address.region,
    forcePathStyle: address.pathStyle,
    ...(endpoint ? { endpoint } : {}),
    ...(address.credentials ? { credentials: address.credentials } : {}),
    // Most S3-compatible stores do not know the checksums that the SDK adds unasked.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  });
  return { client, sdk };
}

/** Where browsers will be sent: the bucket's own host, or the endpoint's. */
function originOf(address: S3Address): string {
  const { bucket, region, pathStyle } = address;
  const endpoint = new URL(
    address.publicEndpoint ?? address.endpoint ?? `https://s3.${region}.amazonaws.com`,
  );
  return pathStyle ? endpoint.origin : `${endpoint.protocol}//${bucket}.${endpoint.host}`;
}

function ignoreMissing(error: unknown): undefined {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404) return;
  throw error;
}
