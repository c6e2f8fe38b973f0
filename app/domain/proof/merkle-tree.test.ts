import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrowingTree, pathOf, rootByPath, rootOf, treeLevels } from './merkle-tree';
import { sha256 } from './sha256.server';

const leaves = fc
  .array(fc.string(), { maxLength: 40 })
  .map((texts) => texts.map((text) => sha256.text(text)));

test('a tree that grows leaf by leaf has the root of the tree made at once', () => {
  fc.assert(
    fc.property(leaves, (hashes) => {
      const tree = new GrowingTree(sha256);
      for (const hash of hashes) tree.add(hash);
      expect(tree.root()).toBe(rootOf(hashes, sha256));
    }),
  );
});

test('each leaf leads to the root by its path, and another leaf does not', () => {
  fc.assert(
    fc.property(leaves, (hashes) => {
      const levels = treeLevels(hashes, sha256);
      const root = rootOf(hashes, sha256);
      hashes.forEach((hash, index) => {
        const path = pathOf(levels, index);
        expect(rootByPath({ hash, index, path }, hashes.length, sha256)).toBe(root);
        const other = { hash: sha256.text(`${hash} altered`), index, path };
        expect(rootByPath(other, hashes.length, sha256)).not.toBe(root);
        const longer = { hash, index, path: [...path, hash] };
        expect(rootByPath(longer, hashes.length, sha256)).toBeUndefined();
      });
    }),
  );
});
