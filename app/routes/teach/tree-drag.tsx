import {
  DndContext,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import { useFetcher } from '@remix-run/react';
import type { ReactNode } from 'react';
import { useText } from '~/i18n/locale';
import { structureMessages } from '~/i18n/messages/structure';
import { IconGripVertical } from '~/ui/icons';
import type { EditorData } from './editor';
import { dropMove } from './moves';
import { STRUCTURE } from './structure-answer';
import styles from './tree-drag.module.css';

/** What is dragged, or the row that it is dropped on: behind that row is its new place. */
export interface TreeItem {
  kind: 'chapter' | 'lesson' | 'start';
  id: string;
}

/** Lets chapters and lessons be dragged by mouse and finger; by the keyboard they are moved from their menu. */
export function TreeDrag({ editor, children }: { editor: EditorData; children: ReactNode }) {
  const fetcher = useFetcher({ key: STRUCTURE });
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
  );
  const drop = ({ active, over }: DragEndEvent) => {
    const item = active.data.current as TreeItem | undefined;
    const onto = over?.data.current as TreeItem | undefined;
    const fields = item && onto && dropMove(editor, item, onto);
    if (!fields) return;
    const action = `/teach/courses/${editor.courseId}`;
    void fetcher.submit(fields, { method: 'post', action, preventScrollReset: true });
  };
  return (
    <DndContext
      id="course-tree"
      sensors={sensors}
      collisionDetection={pointerWithin}
      onDragEnd={drop}
      accessibility={{ announcements: SILENT, screenReaderInstructions: { draggable: '' } }}
    >
      {children}
    </DndContext>
  );
}

/** The tree says itself where something has gone to, once it is there. */
const SILENT = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
};

/** A row that something can be dropped on, and that can be dragged where `movable`. */
export function TreeRow(props: {
  item: TreeItem;
  editor: EditorData;
  title: string;
  movable: boolean;
  className: string | undefined;
  children: ReactNode;
}) {
  const { item, editor, title, movable } = props;
  const text = useText(structureMessages);
  const key = `${item.kind} ${item.id}`;
  const drag = useDraggable({ id: key, data: { ...item }, disabled: !movable });
  const drop = useDroppable({ id: key, data: { ...item } });
  const dragged = drop.active?.data.current as TreeItem | undefined;
  const takes = drop.isOver && dragged && dropMove(editor, dragged, item);
  const { transform } = drag;
  // Along the tree only: to the side there is no place, and on a phone it would leave the screen.
  const moved = transform ? { transform: `translateY(${transform.y}px)` } : {};
  return (
    <div
      ref={drop.setNodeRef}
      className={[props.className, takes ? styles.here : ''].filter(Boolean).join(' ')}
    >
      <div
        ref={drag.setNodeRef}
        className={[styles.dragged, styles[item.kind], drag.isDragging ? styles.lifted : '']
          .filter(Boolean)
          .join(' ')}
        style={moved}
        data-dragging={drag.isDragging || undefined}
      >
        {movable ? (
          <span
            className={styles.handle}
            title={text.drag(title)}
            aria-hidden="true"
            {...drag.listeners}
          >
            <IconGripVertical size={16} />
          </span>
        ) : null}
        {props.children}
      </div>
    </div>
  );
}
