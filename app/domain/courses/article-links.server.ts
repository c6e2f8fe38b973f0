import { Parser } from 'htmlparser2';

/** Where an article's links lead, as written, in their order. */
export function listLinks(html: string): string[] {
  const links: string[] = [];
  const parser = new Parser({
    onopentag(name, { href }) {
      if (name === 'a' && href) links.push(href);
    },
  });
  parser.end(html);
  return links;
}
