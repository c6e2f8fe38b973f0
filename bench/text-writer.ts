import { WebSocket as Socket } from 'ws';
import * as Y from 'yjs';
import { TEXT_FIELD } from '../app/domain/lesson-texts/text-schema';
import { TextLine, type LineState } from '../app/routes/teach/text-line';

/** A writer in Node with the browser's own line: types into a paragraph of their own, one key at a time. */
export interface TextWriter {
  name: string;
  doc: Y.Doc;
  typed: number;
  /** How many of the keys the server has said to be durable. */
  acknowledged: number;
  state(): LineState;
  /** Makes the paragraph; the text must have been loaded. */
  begin(): void;
  press(): void;
  end(): void;
}

export function openWriter(name: string, address: string, cookie: string): TextWriter {
  const doc = new Y.Doc();
  const dial = () => {
    const socket = new Socket(address.replace(/^http/, 'ws'), { headers: { cookie } });
    socket.on('error', () => undefined);
    return socket as unknown as WebSocket;
  };
  const ask = async () => (await fetch(address, { headers: { cookie } })).status;
  const line = new TextLine(doc, { dial, ask }, (state) => {
    if (state.line === 'open' && !state.unsaved) writer.acknowledged = writer.typed;
  });
  const text = new Y.XmlText();
  const writer: TextWriter = {
    name,
    doc,
    typed: 0,
    acknowledged: 0,
    state: () => line.state,
    begin() {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [text]);
      doc.transact(() => {
        doc.getXmlFragment(TEXT_FIELD).push([paragraph]);
        text.insert(0, `${name}:`);
      });
    },
    press() {
      writer.typed += 1;
      text.insert(text.length, 'a');
      const at = Y.createRelativePositionFromTypeIndex(text, text.length);
      line.presence.setLocalStateField('cursor', { anchor: at, head: at });
    },
    end: () => line.end(),
  };
  line.dial();
  return writer;
}

/** How many keys of each writer a copy of the text has, by the name that begins the paragraph. */
export function countKeys(words: string): Map<string, number> {
  return new Map(
    [...words.matchAll(/(\w+):(a*)/g)].map(([, name = '', keys = '']) => [name, keys.length]),
  );
}

/** The words of a document, each paragraph in a line, those in lists too. */
export function wordsOf(doc: Y.Doc): string {
  const lines: string[] = [];
  const read = (node: Y.XmlFragment | Y.XmlElement) => {
    let line = '';
    for (const child of node.toArray()) {
      if (child instanceof Y.XmlText) line += child.toJSON();
      else if (child instanceof Y.XmlElement) read(child);
    }
    lines.push(line);
  };
  read(doc.getXmlFragment(TEXT_FIELD));
  return lines.join('\n');
}
