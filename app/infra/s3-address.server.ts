/** A bucket, and how to reach it. */
export interface S3Address {
  bucket: string;
  /** Before each key, with its slash; empty for the whole bucket. */
  prefix: string;
  region: string;
  /** Undefined for Amazon's own. */
  endpoint: string | undefined;
  /** Where browsers reach the bucket, when that differs. */
  publicEndpoint: string | undefined;
  /** Whether the bucket is part of the path rather than of the host name. */
  pathStyle: boolean;
  /** Undefined: the SDK looks for them in its own variables and files. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
}

const KNOWN = new Set([
  'endpoint',
  'publicEndpoint',
  'region',
  'pathStyle',
  'accessKeyId',
  'secretAccessKey',
]);

/**
 * Reads `s3://BUCKET/PREFIX?region=…&endpoint=…&publicEndpoint=…&pathStyle=0|1&accessKeyId=…&secretAccessKey=…`.
 * Throws an Error that says what is wrong with it, without repeating its secrets.
 */
export function readS3Address(url: string): S3Address {
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?]*))?(?:\?(.*))?$/.exec(url);
  if (!found) throw new Error('must be s3://BUCKET/PREFIX?endpoint=…&region=…');
  const [, bucket = '', path = '', query = ''] = found;
  if (path !== '' && !/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*\/?$/.test(path)) {
    throw new Error('the prefix may hold letters, digits, - and _ between slashes');
  }
  const options = new URLSearchParams(query);
  for (const name of options.keys()) {
    if (!KNOWN.has(name)) throw new Error(`does not know the option ${JSON.stringify(name)}`);
  }
  const option = (name: string) => options.get(name) || undefined;
  const endpoint = readEndpoint('endpoint', option('endpoint'));
  const pathStyle = option('pathStyle') ?? (endpoint ? '1' : '0');
  if (!/^[01]$/.test(pathStyle)) throw new Error('pathStyle must be 0 or 1');
  const region = option('region') ?? process.env.AWS_REGION ?? (endpoint ? 'us-east-1' : '');
  if (region === '') throw new Error('needs a region');
  const accessKeyId = option('accessKeyId');
  const secretAccessKey = option('secretAccessKey');
  if (!accessKeyId !== !secretAccessKey) {
    throw new Error('accessKeyId and secretAccessKey belong together');
  }
  return {
    bucket,
    prefix: path === '' ? '' : `${path.replace(/\/$/, '')}/`,
    region,
    endpoint,
    publicEndpoint: readEndpoint('publicEndpoint', option('publicEndpoint')),
    pathStyle: pathStyle === '1',
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
  };
}

function readEndpoint(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!/^https?:\/\/[^/?#@\s]+\/?$/.test(value)) {
    throw new Error(`${name} must be an address without a path, such as https://s3.example.org`);
  }
  return value.replace(/\/$/, '');
}
