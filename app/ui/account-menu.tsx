import { Form, useLocation } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { shellMessages } from '~/i18n/messages/shell';
import { IconChevronDown, IconLogout, IconSettings, IconUser } from './icons';
import { LanguageSwitch } from './language-switch';
import { NavLink } from './link';

/** The person a page is shown to, and the areas they work in. */
export interface ShellPerson {
  name: string;
  learn: boolean;
  teach: boolean;
  manage: boolean;
  administrator: boolean;
}

/** The way between learning, teaching and managing; nothing for those who do only one. */
export function AreaLinks({ person }: { person: ShellPerson }) {
  const text = useText(shellMessages).areas;
  const areas = [
    { on: person.learn, to: '/learn', word: text.learn },
    { on: person.teach, to: '/teach/courses', word: text.teach },
    { on: person.manage, to: '/manage/classes', word: text.manage },
  ].filter((area) => area.on);
  if (areas.length < 2) return null;
  return (
    <nav className="area-links" aria-label={text.label}>
      {areas.map((area) => (
        <NavLink key={area.to} to={area.to}>
          {area.word}
        </NavLink>
      ))}
    </nav>
  );
}

export function SignOutButton() {
  const text = useText(shellMessages);
  return (
    <Form method="post" action="/sign-out">
      <button className="button text">
        <IconLogout size={18} aria-hidden="true" />
        {text.signOut}
      </button>
    </Form>
  );
}

/** Account, language and sign-out behind the person's name; opens without JavaScript. */
export function AccountMenu({ person }: { person: ShellPerson }) {
  const text = useText(shellMessages);
  const { key } = useLocation();
  return (
    <details className="account-menu" key={key}>
      <summary aria-label={text.accountMenu(person.name)}>
        <IconUser size={20} aria-hidden="true" />
        {person.name}
        <IconChevronDown size={16} aria-hidden="true" />
      </summary>
      <div className="sheet">
        <NavLink className="button text" to="/account">
          <IconSettings size={18} aria-hidden="true" />
          {text.account}
        </NavLink>
        <LanguageSwitch />
        <SignOutButton />
      </div>
    </details>
  );
}
