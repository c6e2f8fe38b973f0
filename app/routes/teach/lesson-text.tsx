import { useEffect, useId, useState, type ComponentType, type ReactNode } from 'react';
import type { Writer } from '~/domain/shared/live-line';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import type { LiveText } from './live-text';
import type { TextTalk } from './text-editor';

interface Given {
  lesson: { id: string; kind: 'video' | 'article'; articleHtml: string };
  mayEdit: boolean;
  self: Writer;
  onLive: (live: LiveText | undefined) => void;
  talk: TextTalk;
}

interface EditorProps {
  lessonId: string;
  self: Writer;
  labelledBy: string;
  onLive: Given['onLive'];
  before: ReactNode;
  talk: TextTalk;
}

/** A lesson's text: as it was stored, until the editor has loaded and where there is none. */
export function LessonText({ lesson, mayEdit, self, onLive, talk }: Given) {
  const text = useText(teachMessages).lesson;
  const id = useId();
  const [Editor, setEditor] = useState<ComponentType<EditorProps>>();
  useEffect(() => {
    let wanted = true;
    void import('./text-editor').then((loaded) => {
      if (wanted) setEditor(() => loaded.TextEditor);
    });
    return () => {
      wanted = false;
    };
  }, []);
  const before = (
    <div className="article" dangerouslySetInnerHTML={{ __html: lesson.articleHtml }} />
  );
  return (
    <section>
      <h2 id={id} className="field-label">
        {lesson.kind === 'video' && mayEdit ? text.noteText : text.text}
      </h2>
      {Editor ? (
        <Editor
          key={lesson.id}
          lessonId={lesson.id}
          labelledBy={id}
          {...{ self, onLive, before, talk }}
        />
      ) : (
        before
      )}
    </section>
  );
}
