/** One cell is one unit (a person, a class hour, a minute); more than 60 units are drawn as 60 cells. */
export function CellRow(props: {
  full: number;
  total: number;
  /** Cells behind the full ones that wait: hatched. */
  pending?: number;
  /** The numbers in words, for screen readers. */
  label: string;
  transit?: boolean;
}) {
  const { full, total, pending = 0, label, transit } = props;
  const cells = Math.min(60, Math.max(1, Math.ceil(total)));
  const scale = cells / Math.max(1, total);
  const solid = Math.floor(full * scale + 1e-9);
  const hatched = Math.floor((full + pending) * scale + 1e-9);
  return (
    <div className={transit ? 'cell-row transit' : 'cell-row'} role="img" aria-label={label}>
      {Array.from({ length: cells }, (_, n) => (
        <span key={n} className={n < solid ? 'full' : n < hatched ? 'pending' : undefined} />
      ))}
    </div>
  );
}
