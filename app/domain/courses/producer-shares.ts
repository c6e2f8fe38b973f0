/** How much of a version each organization recorded, ms; the parts add up to the whole. */
export function sharesOfProducers(
  lessons: readonly { producerOrganizationId: string; durationMs: number }[],
): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { producerOrganizationId, durationMs } of lessons) {
    shares.set(producerOrganizationId, (shares.get(producerOrganizationId) ?? 0) + durationMs);
  }
  return shares;
}
