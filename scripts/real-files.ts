import { resolve } from 'node:path';
import { CLIPS, makeClip } from '~/domain/media/testing-clips';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error(
    'node scripts/run.mjs real-files DIR: writes one file of every kind that is tested',
  );
  process.exit(2);
}
for (const { name, kind } of CLIPS) {
  makeClip(name, resolve(folder));
  console.log(`${name}: ${kind}`);
}
