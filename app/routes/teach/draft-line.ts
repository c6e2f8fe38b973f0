import type { DraftMarks, DraftMessage, PersonHere } from '~/domain/course-drafts/draft-protocol';
import { LiveLine, type Exchange } from './live-line';

/** What is known over the line of a course's draft. */
export interface DraftNews {
  /** How the draft stands; undefined until the server has said so, and stale once the line is gone. */
  marks: DraftMarks | undefined;
  /** Who has the course open, oneself too; nobody while there is no line, for nobody knows. */
  people: PersonHere[];
}

/** The connection of a course's draft: hears that it changed and who is in it, and says where this page is. */
export class DraftLine {
  news: DraftNews = { marks: undefined, people: [] };
  private readonly line: LiveLine;
  private at: string | null = null;

  constructor(
    exchange: Exchange,
    private readonly changed: (news: DraftNews) => void,
  ) {
    this.line = new LiveLine(exchange, {
      dialling: () => undefined,
      opened: () => this.say(),
      received: (data) => this.receive(JSON.parse(String(data)) as DraftMessage),
      dropped: () => this.set({ people: [] }),
    });
  }

  dial(): void {
    this.line.dial();
  }

  hangUp(): void {
    this.line.hangUp();
  }

  end(): void {
    this.line.end();
  }

  /** Says to the others where this page is: the id of a chapter, a lesson or the course; null for elsewhere. */
  goTo(at: string | null): void {
    if (at === this.at) return;
    this.at = at;
    this.say();
  }

  private say(): void {
    this.line.send(JSON.stringify({ at: this.at }));
  }

  private receive(message: DraftMessage): void {
    this.line.works();
    if (message.kind === 'people') return this.set({ people: message.people });
    const { outline, comments } = message;
    this.set({ marks: { outline, comments } });
  }

  private set(part: Partial<DraftNews>): void {
    this.news = { ...this.news, ...part };
    this.changed(this.news);
  }
}
