import { useText } from '~/i18n/locale';
import { rootMessages } from '~/i18n/messages/root';
import { Link } from './link';

/** The kite and the name; leads home. */
export function Brand() {
  const text = useText(rootMessages);
  return (
    <Link className="brand" to="/">
      <img src="/art/logo.svg" alt="" width="28" height="28" loading="lazy" />
      {text.productName}
    </Link>
  );
}
