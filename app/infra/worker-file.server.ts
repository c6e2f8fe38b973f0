import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program of a thread in app/infra: the server may run from a bundle some folders away, it stays where it was written. */
export function findWorkerFile(name: string): string {
  const inProject = join('app', 'infra', name);
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, inProject))) {
    if (dirname(folder) === folder) throw new Error(`${inProject} is missing`);
    folder = dirname(folder);
  }
  return join(folder, inProject);
}
