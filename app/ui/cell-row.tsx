import type { CSSProperties } from 'react';

/** One cell is one unit (a person, a minute, with `cell` 0.1 a tenth of a class hour); over 60 cells share the units. */
export function CellRow(props: {
  full: number;
  total: number;
  /** Units behind the full ones that wait: hatched. */
  pending?: number;
  /** How many units a cell stands for; 1 unless told. */
  cell?: number;
  /** The numbers in words, for screen readers. */
  label: string;
  transit?: boolean;
}) {
  const { full, total, pending = 0, cell = 1, label, transit } = props;
  const cells = Math.min(60, Math.max(1, Math.ceil(total / cell - 1e-9)));
  const scale = total > 0 ? cells / total : 0;
  const solid = Math.min(cells, full * scale + 1e-9);
  const hatched = Math.floor((full + pending) * scale + 1e-9);
  const rest = solid - Math.floor(solid);
  return (
    <div className={transit ? 'cell-row transit' : 'cell-row'} role="img" aria-label={label}>
      {Array.from({ length: cells }, (_, n) => {
        if (n < Math.floor(solid)) return <span key={n} className="full" />;
        if (n < hatched) return <span key={n} className="pending" />;
        if (n > solid || rest < 0.05) return <span key={n} />;
        const filled = { '--filled': `${Math.round(rest * 100)}%` } as CSSProperties;
        return <span key={n} className="part" style={filled} />;
      })}
    </div>
  );
}
