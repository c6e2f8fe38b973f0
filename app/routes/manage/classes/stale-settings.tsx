import type { TypedClass } from '~/domain/classes/class-form';
import type { RuleSetChoice } from '~/domain/classes/list-rule-set-versions.server';
import { useLocale, useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import type { CourseChoice } from './class-fields';

/** What is stored beside what was typed, where they differ. */
export function StaleSettings(props: {
  theirs: TypedClass;
  yours: TypedClass;
  choices: CourseChoice[];
  ruleSets: RuleSetChoice[];
}) {
  const text = useText(classMessages).form;
  const locale = useLocale();
  const shown = (typed: TypedClass): [string, string][] => {
    const ruleSet = props.ruleSets.find((one) => one.id === typed.ruleSetVersionId);
    const titles = props.choices
      .filter((choice) => typed.courseIds.includes(choice.courseId))
      .map((choice) => choice.title);
    return [
      [text.title, typed.title],
      [text.startsOn, typed.startsOn],
      [text.endsOn, typed.endsOn],
      [text.capacity, typed.capacity],
      [text.required, typed.required],
      [text.rules, (locale === 'zh' ? ruleSet?.name : ruleSet?.nameEn) ?? ''],
      [text.courses, titles.join(locale === 'zh' ? '、' : ', ')],
      [text.openToApplications, typed.openToApplications ? text.yes : text.no],
    ];
  };
  const theirs = shown(props.theirs);
  const differing = shown(props.yours).flatMap(([label, yours], index) => {
    const stored = theirs[index]?.[1] ?? '';
    return stored === yours ? [] : [{ label, stored, yours }];
  });
  if (differing.length === 0) return null;
  return (
    <table className="table">
      <thead>
        <tr>
          <td />
          <th scope="col">{text.staleTheirs}</th>
          <th scope="col">{text.staleYours}</th>
        </tr>
      </thead>
      <tbody>
        {differing.map((one) => (
          <tr key={one.label}>
            <th scope="row">{one.label}</th>
            <td>{one.stored}</td>
            <td>{one.yours}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
