import { resolve } from 'node:path';
import { z } from 'zod';
import { readS3Address } from './s3-address.server';

const flag = z
  .enum(['0', '1', 'true', 'false', 'on', 'off'])
  .transform((value) => value === '1' || value === 'true' || value === 'on');

const variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must be file:PATH or postgres://…')
    .optional(),
  MEDIA_URL: z
    .string()
    .regex(/^(file:.+|s3:.*)$/, 'must be file:PATH or s3://BUCKET/PREFIX?endpoint=…&region=…')
    .superRefine(refuseBadBucket)
    .optional(),
  MEDIA_ACCEL: z
    .string()
    .regex(/^\/([\w-]+\/)+$/, 'must be a location of the proxy such as /_media/')
    .optional(),
  MEDIA_CDN_URL: z
    .string()
    .regex(/^https?:\/\/[^/?#@\s]+(\/[\w./-]*)?$/, 'must be an address without a query')
    .optional(),
  PUBLIC_URL: z
    .string()
    .regex(
      /^https?:\/\/[^/]+\/?$/,
      'must be an address without a path, such as https://train.example.org',
    )
    .optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(9).default(0),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  DEMO: flag.optional(),
  DEMO_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  PLATFORM_ZONE: z.string().default('Asia/Shanghai').refine(isZone, 'is not a time zone'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  CLOCK: z.enum(['machine', 'driven']).default('machine'),
  CONVERSION: z.enum(['here', 'elsewhere']).default('here'),
});

const schema = variables
  .refine((env) => env.CLOCK !== 'driven' || env.PUBLIC_URL === undefined, {
    path: ['CLOCK'],
    message: 'driven is for tests; a platform with a PUBLIC_URL counts real time',
  })
  .refine((env) => !env.MEDIA_ACCEL || !env.MEDIA_URL?.startsWith('s3:'), {
    path: ['MEDIA_ACCEL'],
    message: 'hands files of a folder to the proxy; a bucket (MEDIA_URL=s3://…) needs it not',
  });

function refuseBadBucket(url: string, context: z.RefinementCtx): void {
  if (!url.startsWith('s3:')) return;
  try {
    readS3Address(url);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The settings of one process, read once at boot. */
export interface Settings {
  port: number;
  host: string;
  /** Absolute path. */
  dataDir: string;
  databaseUrl: string;
  mediaUrl: string;
  /** The proxy's internal location of finished media, with its slashes. */
  mediaAccel: string | undefined;
  /** Where a CDN serves finished media, without a slash at its end. */
  mediaCdnUrl: string | undefined;
  publicUrl: string | undefined;
  /** Number of proxies in front whose X-Forwarded-* are believed. */
  trustProxy: number;
  metricsToken: string | undefined;
  demo: boolean;
  demoPassword: string | undefined;
  /** The platform's time zone: days begin at its midnight. */
  zone: string;
  logLevel: string;
  /** Time stands still until POST /api/clock moves it. */
  clockDriven: boolean;
  /** Whether the server leaves the conversion of videos to worker processes. */
  convertsElsewhere: boolean;
}

/** Reads and checks the environment; throws an Error whose message names each wrong variable. */
export function readEnvironment(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not usable.\n${lines.join('\n')}`);
  }
  const value = parsed.data;
  const dataDir = resolve(value.DATA_DIR);
  return {
    port: value.PORT,
    host: value.HOST,
    dataDir,
    databaseUrl: value.DATABASE_URL ?? `file:${dataDir}/jiangxue.sqlite`,
    mediaUrl: value.MEDIA_URL ?? `file:${dataDir}/media`,
    mediaAccel: value.MEDIA_ACCEL,
    mediaCdnUrl: value.MEDIA_CDN_URL?.replace(/\/$/, ''),
    publicUrl: value.PUBLIC_URL?.replace(/\/$/, ''),
    trustProxy: value.TRUST_PROXY,
    metricsToken: value.METRICS_TOKEN,
    demo: value.PUBLIC_URL === undefined && (value.DEMO ?? true),
    demoPassword: value.DEMO_PASSWORD,
    zone: value.PLATFORM_ZONE,
    logLevel: value.LOG_LEVEL,
    clockDriven: value.CLOCK === 'driven',
    convertsElsewhere: value.CONVERSION === 'elsewhere',
  };
}
