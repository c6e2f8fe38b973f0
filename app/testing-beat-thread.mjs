import { register } from 'tsx/esm/api';

// The thread that stores beats, run from the sources: --import=tsx does nothing for a thread.
register();
await import('./beat-thread.ts');
