import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

export interface TestBucket {
  /** As MEDIA_URL names it; every call is another prefix. */
  url(): string;
  origin: string;
  close(): Promise<void>;
}

const CORS = `<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>
<AllowedHeader>*</AllowedHeader></CORSRule></CORSConfiguration>`;

/** A bucket in an S3-compatible server of this machine, which browsers may read from any site. */
export async function openTestBucket(): Promise<TestBucket> {
  const directory = mkdtempSync(join(tmpdir(), 'jiangxue-bucket-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: 'media', configs: [CORS] }],
  });
  const { port } = (await server.run()) as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  let count = 0;
  return {
    origin,
    url: () =>
      `s3://media/test-${(count += 1)}?endpoint=${origin}&accessKeyId=S3RVER&secretAccessKey=S3RVER`,
    async close() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
