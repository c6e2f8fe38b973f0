// Node's built-ins alone: this runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SUPPORTED = [20, 22, 24];

export function say(line) {
  console.log(`· ${line}`);
}

export function fail(line) {
  console.error(line);
  process.exit(1);
}

/** Ends the process with a plain sentence on a Node that nothing here was tried on. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (SUPPORTED.includes(major)) return;
  fail(
    `Node ${process.versions.node} is not supported. Install Node 20, 22 or 24 and run this again.`,
  );
}

export function loadEnvFile() {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

function hasProgram(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, name)));
}

function mayInstallPackages() {
  return process.getuid?.() === 0 && hasProgram('apt-get');
}

let listsAreFresh = false;

/**
 * Makes sure of system programs, with apt when that is allowed (root on Debian).
 * `wanted` maps a Debian package to a test of its presence. Returns the packages still missing.
 */
export function ensurePackages(wanted) {
  const missing = () => Object.keys(wanted).filter((name) => !wanted[name]());
  const packages = missing();
  if (packages.length === 0 || !mayInstallPackages()) return packages;
  say(`installing ${packages.join(', ')} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!listsAreFresh) spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  listsAreFresh = true;
  const options = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const installed = spawnSync('apt-get', options, { encoding: 'utf8', env });
  if (installed.status !== 0) console.error(installed.stderr);
  return missing();
}

export const needs = {
  compiler: {
    python3: () => hasProgram('python3'),
    make: () => hasProgram('make'),
    'g++': () => hasProgram('g++'),
  },
  ffmpeg: { ffmpeg: () => hasProgram('ffmpeg') && hasProgram('ffprobe') },
  tests: {
    chromium: () => Boolean(process.env.CHROMIUM_PATH) || hasProgram('chromium'),
    'fonts-noto-cjk': () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
    postgresql: () =>
      existsSync('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql').length > 0,
  },
};

function npmCommand() {
  const beside = join(
    dirname(process.execPath),
    '..',
    'lib',
    'node_modules',
    'npm',
    'bin',
    'npm-cli.js',
  );
  const script = process.env.npm_execpath ?? (existsSync(beside) ? beside : undefined);
  return script && /\.c?js$/.test(script) ? [process.execPath, [script]] : ['npm', []];
}

/** Runs npm with this very Node, its headers and its folder first on the path. */
export function npm(args, options = {}) {
  const [command, first] = npmCommand();
  return spawnSync(command, [...first, ...args], settingsOf(options));
}

/** As `npm`, beside others: resolves to its exit code. */
export function npmBeside(args) {
  const [command, first] = npmCommand();
  const child = spawn(command, [...first, ...args], settingsOf({}));
  return new Promise((resolve) => child.once('close', resolve));
}

/** Where this very Node's headers lie, if they came with it: beside it, or in the part of npm's package `node` for this machine. */
function headersPrefix() {
  const prefix = dirname(dirname(process.execPath));
  const part = join(prefix, 'node_modules', `node-${process.platform}-${process.arch}`);
  return [prefix, part].find((one) => existsSync(join(one, 'include', 'node', 'node.h')));
}

function settingsOf(options) {
  const env = {
    ...process.env,
    ...options.env,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
  };
  const headers = headersPrefix();
  if (headers) env.npm_config_nodedir = headers;
  return { cwd: root, stdio: 'inherit', ...options, env };
}

function hashFile(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The first Node whose headers make the SQLite driver abort unless ours comes first: docs/decisions/0008. */
const HOOKED_OBJECTS_SINCE = 24;
const OBJECT_WRAP = join(root, 'scripts', 'native', 'object-wrap-without-hooks.h');

/** Installs the locked dependencies when the lock file, or the Node they were built for, changed. */
export function ensureDependencies() {
  const hooked = Number(process.versions.node.split('.')[0]) >= HOOKED_OBJECTS_SINCE;
  const stamp = join(root, 'node_modules', '.installed-for');
  const lock = hashFile(join(root, 'package-lock.json'));
  const wanted = `${lock} abi ${process.versions.modules}${hooked ? ` ${hashFile(OBJECT_WRAP)}` : ''}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const missing = ensurePackages(needs.compiler);
  const env = { ...process.env };
  if (hooked && missing.length === 0) {
    env.npm_config_build_from_source = 'true';
    env.CXXFLAGS = `${env.CXXFLAGS ?? ''} -include '${OBJECT_WRAP}'`.trim();
  } else if (hooked) {
    say(
      `without ${missing.join(', ')} the SQLite driver may end the server on Node 24: use Node 22`,
    );
  }
  say('installing dependencies (a minute or three, once)');
  const installed = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env });
  if (installed.status !== 0) {
    const hint = missing.length > 0 ? ` Building them needs ${missing.join(', ')}.` : '';
    fail(`The dependencies could not be installed; nothing else was changed.${hint}`);
  }
  if (!loadsSqlite()) {
    fail(
      `The SQLite driver was not built for this Node (${process.version}); the server cannot start with it. Where npm is told of another Node's headers (npm config get nodedir), name this one's, and run this again.`,
    );
  }
  writeFileSync(stamp, wanted);
}

function loadsSqlite() {
  const opens = "new (require('better-sqlite3'))(':memory:').close()";
  return spawnSync(process.execPath, ['-e', opens], { cwd: root, stdio: 'ignore' }).status === 0;
}

function listFiles(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => listFiles(join(path, name)));
}

/** Builds when a source file changed since the last build. */
export function ensureBuild() {
  const sources = [
    'app',
    'db',
    'public',
    'remix.config.js',
    'vite.config.ts',
    'tsconfig.json',
    'package-lock.json',
  ];
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => listFiles(join(root, source)))) {
    if (file.includes(join('db', 'demo')) || file.includes('.test.')) continue;
    hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  const wanted = hash.digest('hex');
  const stamp = join(root, 'build', '.built-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('building');
  const built = npm(['run', '--silent', 'build'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (built.status !== 0)
    fail(
      `${built.stdout}\n${built.stderr}\nThe build failed; the last one was kept if there was one.`,
    );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
