import type { ClassHoursExplanation } from '~/domain/class-hours/explain-class-hours.server';
import { formatExact } from '~/domain/class-hours/figures';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { useMoment } from '~/i18n/moment';
import { TableScroll } from '~/ui/table-scroll';
import { SignedTime } from '../settlements/signed-time';
import { ExactTime } from './exact-time';
import styles from './class-hours.module.css';

type Play = ClassHoursExplanation['plays'][number];

/** Plays of a lesson in the order of time: what counted, what did not and why; decisions of people among them. */
export function PlayTable({ plays, zone }: { plays: readonly Play[]; zone: string }) {
  const text = useText(classHourMessages).explanation;
  const correct = useText(appealMessages).correct;
  const moment = useMoment(zone);
  return (
    <TableScroll label={text.plays} className={`card ${styles.table} ${styles.below}`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.wall}</th>
            <th scope="col">{text.media}</th>
            <th scope="col" className="number">
              {text.valid}
            </th>
            <th scope="col" className="number">
              {text.credited}
            </th>
            <th scope="col">{text.refused}</th>
          </tr>
        </thead>
        <tbody>
          {plays.map((play, index) => (
            <tr key={`${play.wallFrom} ${index}`}>
              <th scope="row" className="nowrap">
                {moment(play.wallFrom)}
              </th>
              {'correction' in play ? (
                <>
                  <td />
                  <td />
                  <td className="number">
                    <SignedTime ms={play.creditedMs} />
                  </td>
                  <td>
                    {play.correction.day} {correct.row(play.correction.by, play.correction.reason)}
                  </td>
                </>
              ) : (
                <>
                  <td className="nowrap">
                    {clockTime(play.mediaFromMs)}–{clockTime(play.mediaToMs)}
                  </td>
                  <td className="number">{formatExact(play.validMs)}</td>
                  <td className="number">
                    <ExactTime ms={play.creditedMs} />
                  </td>
                  <td>
                    {play.refusals.length === 0
                      ? play.creditedMs === play.validMs
                        ? text.counted
                        : text.already
                      : play.refusals.map((refusal) => (
                          <span key={refusal.clause} className={styles.step}>
                            {text.clauses[refusal.clause]} {formatExact(refusal.ms)}
                          </span>
                        ))}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
