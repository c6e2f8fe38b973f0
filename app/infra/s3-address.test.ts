import { afterEach, expect, test, vi } from 'vitest';
import { readEnvironment } from './environment.server';
import { readS3Address } from './s3-address.server';

afterEach(() => vi.unstubAllEnvs());

test('a bucket of another store than Amazon’s is part of the path', () => {
  expect(readS3Address('s3://media/train?endpoint=https://minio.example.org:9000/')).toEqual({
    bucket: 'media',
    prefix: 'train/',
    region: 'us-east-1',
    endpoint: 'https://minio.example.org:9000',
    publicEndpoint: undefined,
    pathStyle: true,
    credentials: undefined,
  });
});

test('a whole bucket of Amazon’s needs its region and nothing else', () => {
  expect(readS3Address('s3://media.train?region=cn-north-1')).toMatchObject({
    bucket: 'media.train',
    prefix: '',
    region: 'cn-north-1',
    endpoint: undefined,
    pathStyle: false,
  });
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  expect(readS3Address('s3://media').region).toBe('eu-central-1');
});

test('inside addresses, host style and credentials are taken from the query', () => {
  const url =
    's3://media/a/b/?region=oss-cn-hangzhou&endpoint=https://oss-internal.example&publicEndpoint=https://oss.example&pathStyle=0&accessKeyId=id&secretAccessKey=a%2Fb%2Bc';
  expect(readS3Address(url)).toMatchObject({
    prefix: 'a/b/',
    publicEndpoint: 'https://oss.example',
    pathStyle: false,
    credentials: { accessKeyId: 'id', secretAccessKey: 'a/b+c' },
  });
});

test.each([
  ['s3://', /must be s3:/],
  ['s3://UPPER?region=x', /must be s3:/],
  ['s3://media/../x?region=x', /prefix/],
  ['s3://media', /region/],
  ['s3://media?region=x&endpont=https://a', /endpont/],
  ['s3://media?endpoint=minio:9000', /endpoint must be/],
  ['s3://media?endpoint=https://minio/path', /endpoint must be/],
  ['s3://media?region=x&pathStyle=yes', /pathStyle/],
  ['s3://media?region=x&accessKeyId=id', /belong together/],
])('%s stops the start and names the variable', (url, reason) => {
  vi.stubEnv('AWS_REGION', undefined);
  expect(() => readEnvironment({ MEDIA_URL: url })).toThrow(/^MEDIA_URL: /m);
  expect(() => readEnvironment({ MEDIA_URL: url })).toThrow(reason);
});

test('a refusal never repeats the secret', () => {
  const url = 's3://media?secretAccessKey=do-not-print';
  expect(() => readEnvironment({ MEDIA_URL: url })).toThrow(/^(?![^]*do-not-print)/);
});
