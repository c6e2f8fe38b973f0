import { problem } from '~/web/api.server';

const answer = () => problem(404, 'not-found', 'There is nothing at this address.');

export const loader = answer;
export const action = answer;
