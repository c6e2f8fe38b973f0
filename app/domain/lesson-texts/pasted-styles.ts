import type { PastedNode } from './clean-pasted';

export type Mark = 'strong' | 'em' | 'u' | 's' | 'sub' | 'sup' | 'code';

const BY_NAME: Record<string, Mark> = {
  ...{ strong: 'strong', b: 'strong', em: 'em', i: 'em', u: 'u', ins: 'u', s: 's', strike: 's' },
  ...{ del: 's', sub: 'sub', sup: 'sup', code: 'code', tt: 'code' },
};

/** An element's style attribute by property, in small letters. */
export function styleOf({ attribs = {} }: PastedNode): Record<string, string> {
  return Object.fromEntries(
    (attribs.style ?? '').split(';').flatMap((line) => {
      const at = line.indexOf(':');
      if (at < 0) return [];
      return [
        [
          line.slice(0, at).trim().toLowerCase(),
          line
            .slice(at + 1)
            .trim()
            .toLowerCase(),
        ],
      ];
    }),
  );
}

/** What an element says of its words, by its name or its style. */
export function marksOf(node: PastedNode): Mark[] {
  const style = styleOf(node);
  const weight = style['font-weight'];
  const marks = new Set<Mark>();
  const named = BY_NAME[node.name ?? ''];
  // Some editors put everything into a <b> that is none.
  if (named && !(named === 'strong' && weight === 'normal')) marks.add(named);
  if (weight === 'bold' || weight === 'bolder' || Number(weight) >= 600) marks.add('strong');
  if (style['font-style'] === 'italic') marks.add('em');
  const line = style['text-decoration'] ?? '';
  if (line.includes('underline') && node.name !== 'a') marks.add('u');
  if (line.includes('line-through')) marks.add('s');
  if (style['vertical-align'] === 'super') marks.add('sup');
  if (style['vertical-align'] === 'sub') marks.add('sub');
  return [...marks];
}

const PX: Record<string, number> = { px: 1, pt: 4 / 3 };

/** How large an element's letters are, px; undefined where it does not say. */
export function sizeOf(node: PastedNode): number | undefined {
  const [, number, unit = ''] = /^([\d.]+)(px|pt)$/.exec(styleOf(node)['font-size'] ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * (PX[unit] ?? 1);
}

/** An address that a text may lead to; none within the page it was copied from. */
export function linkOf(href: string): string | undefined {
  return /^(https?:\/\/|mailto:|tel:|\/lessons\/)/i.test(href.trim()) ? href.trim() : undefined;
}
