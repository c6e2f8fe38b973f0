/** Why the server closed a live connection. */
export const CLOSE = {
  restart: 1012,
  garbage: 4400,
  signedOut: 4401,
  forbidden: 4403,
  gone: 4404,
  tooLarge: 4413,
  tooMany: 4429,
} as const;

/** The server says something at least so often; a browser that hears nothing for longer dials again. */
export const SIGN_OF_LIFE_MS = 8_000;

/** Who somebody on a live connection is, as the server says it: nobody can take another's name. */
export interface Writer {
  personId: string;
  name: string;
  organization: string;
  mark: string;
  kind: string;
  writes: boolean;
}
