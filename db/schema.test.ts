import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from './client.server';
import { tableNames } from './table-names';
import { openTestDatabase } from './testing.server';

interface Column {
  nullable: boolean;
  kind: 'text' | 'number';
}

let client: DatabaseClient;
beforeAll(async () => {
  client = await openTestDatabase();
});
afterAll(() => client.close());

/** The columns each row type declares, read from the source of db/tables and db/schema.ts. */
function readDeclared(): Map<string, Map<string, Column>> {
  const folder = join(import.meta.dirname, 'tables');
  const files = readdirSync(folder).map((name) => join(folder, name));
  const program = ts.createProgram([...files, join(import.meta.dirname, 'schema.ts')], {
    strict: true,
    skipLibCheck: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
  });
  const checker = program.getTypeChecker();
  const schema = program.getSourceFile(join(import.meta.dirname, 'schema.ts'));
  const declared = new Map<string, Map<string, Column>>();
  const database = schema?.statements.find(ts.isInterfaceDeclaration);
  for (const table of database?.members ?? []) {
    if (!ts.isPropertySignature(table) || !table.type) continue;
    const columns = new Map<string, Column>();
    for (const property of checker.getTypeAtLocation(table.type).getProperties()) {
      const source = property.valueDeclaration?.getText() ?? '';
      const type = source.slice(source.indexOf(':') + 1);
      const resolved = checker.getNonNullableType(checker.getTypeOfSymbol(property));
      const members = resolved.isUnion() ? resolved.types : [resolved];
      const text =
        /\bstring\b/.test(type) ||
        members.every((member) => (member.flags & ts.TypeFlags.StringLike) !== 0);
      columns.set(property.name, {
        nullable: /\|\s*null/.test(type),
        kind: text ? 'text' : 'number',
      });
    }
    declared.set(table.name.getText(), columns);
  }
  return declared;
}

test('every table type has exactly the columns of the real table', async () => {
  const declared = readDeclared();
  expect([...declared.keys()].sort()).toEqual([...tableNames].sort());
  const real = await client.db.introspection.getTables();
  for (const [name, columns] of declared) {
    const table = real.find((candidate) => candidate.name === name);
    const found = Object.fromEntries(
      (table?.columns ?? []).map((column) => [
        column.name,
        {
          nullable: column.isNullable,
          kind: /text|varchar/i.test(column.dataType) ? 'text' : 'number',
        },
      ]),
    );
    expect({ name, columns: found }).toEqual({ name, columns: Object.fromEntries(columns) });
  }
});

test('every real table is declared, and so is part of a backup', async () => {
  const real = await client.db.introspection.getTables();
  const ours = real.map((table) => table.name).filter((name) => name !== 'schema_migration');
  expect(ours.sort()).toEqual([...tableNames].sort());
});
