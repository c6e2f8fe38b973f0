import { useText } from '~/i18n/locale';
import { partRightsMessages } from '~/i18n/messages/part-rights';
import { Notice } from '~/ui/notice';
import type { EditorData } from './editor';

/** To an author: whose part this is that they do not edit. Others are told by the editor itself. */
export function PartNotice(props: {
  editor: EditorData;
  of: 'closedLesson' | 'closedChapter' | 'closedSettings';
  /** Who answers for it. */
  organizationId: string;
}) {
  const { editor, of, organizationId } = props;
  const text = useText(partRightsMessages);
  if (!editor.mayEdit) return null;
  const organization = editor.organizations.find((one) => one.id === organizationId);
  return <Notice tone="plain">{text[of](organization?.name ?? '')}</Notice>;
}
