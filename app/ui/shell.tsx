import type { ReactNode } from 'react';
import { useText } from '~/i18n/locale';
import { shellMessages } from '~/i18n/messages/shell';
import { AccountMenu, AreaLinks, type ShellPerson } from './account-menu';
import { Brand } from './brand';
import {
  IconBell,
  IconBooks,
  IconBuilding,
  IconChartBar,
  IconFileText,
  IconHome,
  IconLink,
  IconListCheck,
  IconPlayerPlay,
  IconRuler2,
  IconSchool,
  IconUser,
  IconUsers,
} from './icons';
import { LanguageSwitch } from './language-switch';
import { Link, NavLink } from './link';

function Main({ children, className }: { children: ReactNode; className: string }) {
  return (
    <main id="main" tabIndex={-1} className={className}>
      {children}
    </main>
  );
}

function LearnTabs({ className }: { className: string }) {
  const text = useText(shellMessages).tabs;
  return (
    <nav className={className} aria-label={text.label}>
      <NavLink to="/learn" end>
        <IconHome aria-hidden="true" />
        {text.home}
      </NavLink>
      <NavLink to="/catalog">
        <IconBooks aria-hidden="true" />
        {text.courses}
      </NavLink>
      <NavLink to="/learn/classes">
        <IconPlayerPlay aria-hidden="true" />
        {text.study}
      </NavLink>
      <NavLink to="/account">
        <IconUser aria-hidden="true" />
        {text.me}
      </NavLink>
    </nav>
  );
}

/** The learner's frame: tabs at the foot of a phone, on top of a desktop; `bare` leaves the phone's tabs out. */
export function LearnShell(props: { person: ShellPerson; bare?: boolean; children: ReactNode }) {
  return (
    <div className={props.bare ? 'learn-shell bare' : 'learn-shell'}>
      <header className="top-bar wide-only">
        <Brand />
        <LearnTabs className="top-tabs" />
        <AreaLinks person={props.person} />
        <AccountMenu person={props.person} />
      </header>
      <Main className="learn-main">{props.children}</Main>
      {props.bare ? null : <LearnTabs className="tab-bar" />}
    </div>
  );
}

/** The instructor's frame: one bar on top, with how much waits for them; the width for the work. */
export function TeachShell(props: { person: ShellPerson; waiting: number; children: ReactNode }) {
  const text = useText(shellMessages).teach;
  return (
    <div className="desk">
      <header className="top-bar">
        <Brand />
        <nav className="top-tabs" aria-label={text.label}>
          <NavLink to="/teach/courses">{text.courses}</NavLink>
          <NavLink to="/teach/waiting">
            {text.waiting}
            {props.waiting > 0 ? <span className="tally">{props.waiting}</span> : null}
          </NavLink>
        </nav>
        <AreaLinks person={props.person} />
        <AccountMenu person={props.person} />
      </header>
      <Main className="desk-main">{props.children}</Main>
    </div>
  );
}

/** The administrator's frame: links at the side, 200 wide. */
export function ManageShell(props: { person: ShellPerson; children: ReactNode }) {
  const { manage: text, teach } = useText(shellMessages);
  const links = [
    { to: '/manage/classes', word: text.classes, Icon: IconSchool },
    { to: '/manage/people', word: text.people, Icon: IconUsers },
    { to: '/manage/class-hours', word: text.classHours, Icon: IconRuler2 },
    { to: '/manage/partnerships', word: text.partnerships, Icon: IconLink },
    { to: '/teach/waiting', word: teach.waiting, Icon: IconBell },
    { to: '/manage/attribution', word: text.attribution, Icon: IconChartBar },
    ...(props.person.administrator
      ? [
          { to: '/manage/rule-sets', word: text.ruleSets, Icon: IconListCheck },
          { to: '/manage/organizations', word: text.organizations, Icon: IconBuilding },
          { to: '/manage/audit', word: text.audit, Icon: IconFileText },
        ]
      : []),
  ];
  return (
    <div className="desk manage-shell">
      <header className="top-bar">
        <Brand />
        <AreaLinks person={props.person} />
        <AccountMenu person={props.person} />
      </header>
      <nav className="side-nav" aria-label={text.label}>
        {links.map(({ to, word, Icon }) => (
          <NavLink key={to} to={to}>
            <Icon size={18} aria-hidden="true" />
            {word}
          </NavLink>
        ))}
      </nav>
      <Main className="desk-main">{props.children}</Main>
    </div>
  );
}

/** The frame of pages that anybody may open: the learner's for learners, else one bar. */
export function PublicShell(props: { person: ShellPerson | undefined; children: ReactNode }) {
  const text = useText(shellMessages);
  if (props.person?.learn) return <LearnShell person={props.person}>{props.children}</LearnShell>;
  return (
    <div className="public-shell">
      <header className="top-bar">
        <Brand />
        <nav className="top-tabs" aria-label={text.tabs.label}>
          <NavLink to="/catalog">{text.tabs.courses}</NavLink>
        </nav>
        {props.person ? (
          <>
            <AreaLinks person={props.person} />
            <AccountMenu person={props.person} />
          </>
        ) : (
          <div className="row">
            <LanguageSwitch />
            <Link className="button text" to="/sign-in">
              {text.signIn}
            </Link>
          </div>
        )}
      </header>
      <Main className="public-main">{props.children}</Main>
    </div>
  );
}
