/** What is set apart in a text. */
export const CALLOUTS = ['warning', 'tip'] as const;
export type CalloutKind = (typeof CALLOUTS)[number];

export const isCallout = (kind: unknown): kind is CalloutKind =>
  CALLOUTS.includes(kind as CalloutKind);
