import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

interface Import {
  from: string;
  target: string;
  typeOnly: boolean;
}

/** The house's rooms; a domain file without `.server` is pure. */
function roomOf(path: string): string {
  if (/^db\/(seed|testing)/.test(path)) return 'seed';
  if (path.startsWith('db/')) return 'db';
  if (path.startsWith('app/domain/')) return path.includes('.server') ? 'domain' : 'pure domain';
  const room = /^app\/([^/]+)\//.exec(path)?.[1];
  return room ?? 'top';
}

const arrows: Record<string, string[]> = {
  routes: ['routes', 'web', 'player', 'ui', 'i18n', 'domain', 'pure domain'],
  domain: ['domain', 'pure domain', 'db', 'infra'],
  'pure domain': ['pure domain'],
  player: ['player', 'pure domain', 'ui', 'i18n'],
  web: ['web', 'domain', 'pure domain', 'infra', 'i18n', 'db'],
  ui: ['ui', 'i18n'],
  infra: ['infra'],
  db: ['db'],
  i18n: ['i18n'],
  seed: ['seed', 'db', 'domain', 'pure domain', 'infra', 'i18n'],
};

function listSources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !/\.test\.|\.d\.ts$|testing/.test(path));
}

function listImports(path: string): Import[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(root, path), 'utf8'),
    ts.ScriptTarget.ESNext,
    true,
  );
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    found.push({ from: path, target: resolveTarget(path, specifier), typeOnly });
  };
  const visit = (node: ts.Node) => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      add(node.moduleSpecifier.text, isTypeOnly(node));
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

/** A path from the root for what is ours, the specifier itself for what is not; without an ending. */
function resolveTarget(path: string, specifier: string): string {
  if (specifier.startsWith('~db/')) return `db/${specifier.slice(4)}`;
  if (specifier.startsWith('~/')) return `app/${specifier.slice(2)}`;
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(path), specifier));
  return specifier;
}

const isOurs = (target: string) => /^(app|db)\//.test(target);
const sources = [...listSources('app'), ...listSources('db')];
const imports = sources.flatMap(listImports);

test('every import follows the arrows', () => {
  const wrong = imports.filter(({ from, target, typeOnly }) => {
    const room = roomOf(from);
    if (room === 'top' || !isOurs(target)) return false;
    // Row types are words everybody may use; nothing runs by them.
    if (typeOnly && target.startsWith('db/')) return false;
    return !arrows[room]?.includes(roomOf(target));
  });
  expect(wrong.map(({ from, target }) => `${from} -> ${target}`)).toEqual([]);
});

test('pure rules of the domain know no machine, no database and no clock', () => {
  const pure = sources.filter((path) => roomOf(path) === 'pure domain');
  const importing = imports.filter(
    ({ from, target }) => pure.includes(from) && /^(node:|kysely|pg$|better-sqlite3)/.test(target),
  );
  expect(importing.map(({ from, target }) => `${from} -> ${target}`)).toEqual([]);
  const clocks = pure.filter((path) =>
    /Date\.now\(|new Date\(\)|performance\.now\(|Math\.random\(/.test(
      readFileSync(join(root, path), 'utf8'),
    ),
  );
  expect(clocks).toEqual([]);
});

test('routes build no queries', () => {
  const querying = sources.filter(
    (path) =>
      path.startsWith('app/routes/') &&
      /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(
        readFileSync(join(root, path), 'utf8'),
      ),
  );
  expect(querying).toEqual([]);
});

test('no drawers', () => {
  const drawers = [...sources, ...listSources('e2e'), ...listSources('bench')].filter((path) =>
    /(^|\/)(utils?|helpers?|common|misc|services?|data)(\/|\.|$)/.test(path),
  );
  expect(drawers).toEqual([]);
});

test('beats are inserted and never changed or removed', () => {
  const changing = sources.filter((path) =>
    /(updateTable|deleteFrom)\('(beat|refused_beat|audit_entry|course_version\w*)'/.test(
      readFileSync(join(root, path), 'utf8'),
    ),
  );
  expect(changing).toEqual([]);
});

test('the house is not empty, so that the rules above have something to hold', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(imports.filter(({ target }) => isOurs(target)).length).toBeGreaterThan(100);
});
