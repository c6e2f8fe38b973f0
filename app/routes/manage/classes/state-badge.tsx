import { useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { Badge } from '~/ui/badge';

const TONES = { preparing: 'pending', running: 'done', ended: 'plain' } as const;

/** Where a class stands by its dates. */
export function StateBadge({ state }: { state: 'preparing' | 'running' | 'ended' }) {
  const text = useText(classMessages).states;
  return <Badge tone={TONES[state]}>{text[state]}</Badge>;
}
