import { resolve } from 'node:path';
import { checkFile } from '~/domain/media/check-file.server';
import { canTranscode } from '~/infra/transcoder.server';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('npm run media:check -- FILE…: what would become of each, one JSON line a file');
  process.exit(2);
}
if (!(await canTranscode())) {
  console.error('ffmpeg and ffprobe are needed: apt-get install ffmpeg');
  process.exit(1);
}
const { signal } = new AbortController();
// npm changes to the project's folder; names are those of where it was called.
const here = process.env.INIT_CWD ?? process.cwd();
for (const file of files) {
  console.log(JSON.stringify(await checkFile(file, resolve(here, file), signal)));
}
