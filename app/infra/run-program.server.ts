import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A program ended badly: how, and what it wrote to stderr (its last 4 kB). */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
  constructor(
    readonly program: string,
    /** `exit` by itself with an error; `killed` by somebody else; the others by us. */
    readonly how: 'exit' | 'killed' | 'stalled' | 'too-long' | 'aborted',
    readonly stderr: string,
  ) {
    super(`${program} ${how}: ${stderr.slice(-500)}`);
  }
}

export interface ProgramLimits {
  signal: AbortSignal;
  /** The whole run, in ms. */
  longestMs: number;
  /** Without a line on stdout, in ms. */
  stalledMs?: number;
  onLine?: (line: string) => void;
  /** Somebody waits for it, and it is short: it runs at normal priority. */
  urgent?: true;
}

const LARGEST_OUTPUT = 8 * 1024 * 1024;

/** The program's path, or undefined when it is not installed. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(directory, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

// The kernel ends the program when we are killed: an orphan would go on for hours.
async function wrapped(
  program: string,
  args: string[],
  urgent: boolean,
): Promise<[string, string[]]> {
  const setpriv = await findProgram('setpriv');
  const calm = urgent ? [program, ...args] : ['nice', '-n', '10', program, ...args];
  return setpriv
    ? [setpriv, ['--pdeathsig', 'KILL', '--no-new-privs', ...calm]]
    : [calm[0] ?? program, calm.slice(1)];
}

/**
 * Runs a program, at low priority unless it is urgent, without stdin, environment or shell; resolves with its stdout
 * (empty when `onLine` takes the lines). Rejects with ProgramFailed; it never outlives this process.
 */
export async function runProgram(
  program: string,
  args: string[],
  limits: ProgramLimits,
): Promise<string> {
  const [command, all] = await wrapped(program, args, limits.urgent ?? false);
  if (limits.signal.aborted) throw new ProgramFailed(program, 'aborted', '');
  return new Promise((resolve, reject) => {
    const child = spawn(command, all, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', NODE_ENV: process.env.NODE_ENV },
    });
    let stdout = '';
    let stderr = '';
    let ended: ProgramFailed['how'] = 'exit';
    const end = (how: ProgramFailed['how']) => {
      ended = how;
      child.kill('SIGKILL');
    };
    const abort = () => end('aborted');
    limits.signal.addEventListener('abort', abort, { once: true });
    const longest = setTimeout(() => end('too-long'), limits.longestMs);
    const stalled = limits.stalledMs
      ? setTimeout(() => end('stalled'), limits.stalledMs)
      : undefined;
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      stderr = (stderr + part).slice(-4096);
    });
    if (limits.onLine) {
      const take = limits.onLine;
      createInterface({ input: child.stdout }).on('line', (line) => {
        stalled?.refresh();
        take(line);
      });
    } else {
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        stdout += part;
        if (stdout.length > LARGEST_OUTPUT) end('too-long');
      });
    }
    const settle = (work: () => void) => {
      clearTimeout(longest);
      clearTimeout(stalled);
      limits.signal.removeEventListener('abort', abort);
      work();
    };
    child.once('error', (error) => settle(() => reject(error)));
    child.once('close', (code) =>
      settle(() =>
        code === 0 && ended === 'exit'
          ? resolve(stdout)
          : reject(
              new ProgramFailed(
                program,
                code === null && ended === 'exit' ? 'killed' : ended,
                stderr,
              ),
            ),
      ),
    );
  });
}
