import { LessonCard } from '~/domain/lesson-texts/lesson-card';

/** A lesson's card in the editor: where writing goes on, it leads nowhere. */
export const QuietCard = LessonCard.extend({
  addNodeView: () => (given) => {
    const dom = document.createElement('div');
    dom.setAttribute('data-lesson', String(given.node.attrs.lessonId));
    dom.textContent = String(given.node.attrs.title);
    return { dom, ignoreMutation: () => true };
  },
});
