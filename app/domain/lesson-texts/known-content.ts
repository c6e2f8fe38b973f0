import type { Schema } from '@tiptap/pm/model';

/** A node of a text as it lies in the shared document. */
export interface TextNode {
  type: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  text?: string;
  content?: TextNode[];
}

/** The nodes and marks that the schema knows; attributes are plain values, as a text's always are. */
export function keepKnown(nodes: TextNode[], schema: Schema): TextNode[] {
  return nodes.flatMap((node) => {
    if (!node || typeof node !== 'object' || !schema.nodes[node.type]) return [];
    if (node.type === 'text' && !node.text) return [];
    const kept: TextNode = { type: node.type };
    if (node.attrs) kept.attrs = plainValues(node.attrs);
    if (node.text !== undefined) kept.text = String(node.text);
    const marks = (node.marks ?? []).filter(({ type }) => schema.marks[type]);
    if (marks.length > 0) {
      kept.marks = marks.map(({ type, attrs }) => ({ type, attrs: plainValues(attrs ?? {}) }));
    }
    if (node.content) kept.content = keepKnown(node.content, schema);
    return [kept];
  });
}

function plainValues(attrs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attrs).filter(
      ([, value]) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
    ),
  );
}
