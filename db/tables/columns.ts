/** Milliseconds since 1970 UTC. */
export type Moment = number;
/** 0 or 1: both engines store booleans as integers. */
export type Flag = 0 | 1;
/** A calendar day of the platform's zone, YYYY-MM-DD. */
export type Day = string;
/** JSON text, stringified by us. */
export type JsonText = string;
