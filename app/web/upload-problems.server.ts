import { problem } from './api.server';

/** Before the first byte: the disk could not take the whole file. */
export function noRoomFor(): Response {
  return problem(
    507,
    'no-room',
    'The disk has no room for this file. Nothing was stored; ask the operator to make room.',
  );
}

/** While bytes arrive: the disk took no more of them. */
export function noRoomLeft(): Response {
  return problem(
    507,
    'no-room',
    'The disk is full. What was received is kept; go on from there when the operator has made room.',
  );
}
