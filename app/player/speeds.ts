const SPEEDS = [1, 1.25, 1.5, 1.75, 2];

/** The speeds a learner may choose from under a rule set; none where only real time counts. */
export function speedsUpTo(maxSpeed: number): number[] {
  const speeds = SPEEDS.filter((speed) => speed <= maxSpeed);
  return speeds.length > 1 ? speeds : [];
}
