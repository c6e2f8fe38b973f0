import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Suites that take a minute or more: they convert films. */
const LONG = ['/convert-media.test.ts', '/real-files.once.test.ts', '/worker.test.ts'];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONG.findIndex((end) => moduleId.endsWith(end));
  return place < 0 ? LONG.length : place;
};

/** The order of the test files: a long one that is begun last keeps a core waiting until it ends. */
export class LongTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => placeOf(one) - placeOf(other));
  }
}
