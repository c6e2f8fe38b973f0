import { useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { Badge } from '~/ui/badge';

/** Where a class stands for its learner, in one word. */
export function ClassBadge(props: {
  status: 'applied' | 'enrolled' | 'completed' | 'withdrawn';
  state: 'preparing' | 'running' | 'ended';
}) {
  const text = useText(learnMessages).classes.state;
  const { status, state } = props;
  if (status === 'applied') return <Badge tone="pending">{text.applied}</Badge>;
  if (status === 'withdrawn') return <Badge tone="plain">{text.withdrawn}</Badge>;
  if (status === 'completed') return <Badge tone="done">{text.completed}</Badge>;
  if (state === 'ended') return <Badge tone="plain">{text.ended}</Badge>;
  if (state === 'preparing')
    return (
      <Badge tone="transit" plainWord>
        {text.preparing}
      </Badge>
    );
  return (
    <Badge tone="done" plainWord>
      {text.running}
    </Badge>
  );
}
