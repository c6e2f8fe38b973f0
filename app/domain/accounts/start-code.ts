/** Without 0 O, 1 I L: what people mix up when they copy by hand. */
export const START_CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/** 12 characters out of 31 are 59 bits. */
export const START_CODE_LENGTH = 12;
/** 14 days. */
export const START_CODE_LIFE_MS = 14 * 24 * 60 * 60 * 1_000;

/** Groups of four, as printed: K7QM-2XHD-9PTW. */
export function showStartCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

/** The code in typed text however it is grouped, or undefined when it cannot be one. */
export function parseStartCode(input: string): string | undefined {
  const bare = input
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―]/g, '');
  const shape = new RegExp(`^[${START_CODE_ALPHABET}]{${START_CODE_LENGTH}}$`);
  return shape.test(bare) ? bare : undefined;
}
