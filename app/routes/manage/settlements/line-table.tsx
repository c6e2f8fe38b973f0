import { toClassHours } from '~/domain/class-hours/figures';
import type { LearnerLine } from '~/domain/settlements/preview-settlement.server';
import { useText } from '~/i18n/locale';
import { settlementMessages } from '~/i18n/messages/settlements';
import { Link } from '~/ui/link';
import { TableScroll } from '~/ui/table-scroll';
import { hours } from '../class-hours/report-table';
import { SignedTime } from './signed-time';

/** The lines of a settlement: each learner, these days, the days before, both together. */
export function LineTable({
  lines,
  minutesPerClassHour,
}: {
  lines: LearnerLine[];
  minutesPerClassHour: number;
}) {
  const text = useText(settlementMessages);
  const credited = lines.reduce((sum, line) => sum + line.creditedMs, 0);
  const adjusted = lines.reduce((sum, line) => sum + line.adjustmentMs, 0);
  const classHours = (ms: number) => hours(signedClassHours(ms, minutesPerClassHour));
  return (
    <TableScroll label={text.learner}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.learner}</th>
            <th scope="col" className="number">
              {text.credited}
            </th>
            <th scope="col" className="number">
              {text.adjustment}
            </th>
            <th scope="col" className="number">
              {text.sum}
            </th>
            <th scope="col" className="number">
              {text.classHours}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.enrollmentId}>
              <th scope="row" className="nowrap">
                <Link to={`/manage/class-hours/enrollments/${line.enrollmentId}`}>{line.name}</Link>
              </th>
              <td className="number">
                <SignedTime ms={line.creditedMs} />
              </td>
              <td className="number">
                <SignedTime ms={line.adjustmentMs} />
              </td>
              <td className="number">
                <SignedTime ms={line.creditedMs + line.adjustmentMs} />
              </td>
              <td className="number">{classHours(line.creditedMs + line.adjustmentMs)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="nowrap">
              {text.total(lines.length)}
            </th>
            <td className="number">
              <SignedTime ms={credited} />
            </td>
            <td className="number">
              <SignedTime ms={adjusted} />
            </td>
            <td className="number">
              <SignedTime ms={credited + adjusted} />
            </td>
            <td className="number">{classHours(credited + adjusted)}</td>
          </tr>
        </tfoot>
      </table>
    </TableScroll>
  );
}

/** Class hours of a sum that may lie below zero, as after credit was taken back. */
export function signedClassHours(ms: number, minutesPerClassHour: number): number {
  if (ms >= 0) return toClassHours(ms, minutesPerClassHour);
  // Not -0, which is shown with its sign.
  return -toClassHours(-ms, minutesPerClassHour) || 0;
}
