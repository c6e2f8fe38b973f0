import { resolve } from 'node:path';
import { verifyPackage } from '../app/domain/proof/verify-package.server';

// Bundled into every package as verify.mjs; runs on Node alone.
const args = process.argv.slice(2);
const sealAt = args.indexOf('--seal');
const wanted = sealAt < 0 ? undefined : args.splice(sealAt, 2)[1];
const folder = resolve(args[0] ?? '.');
const checked = await verifyPackage(folder).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
});
const { manifest, findings } = checked;
const scope = [manifest.scope.classId, manifest.scope.from, manifest.scope.to].filter(Boolean);
console.log(`${folder}
  ${manifest.createdAt}  ${scope.length > 0 ? scope.join(' ') : 'whole platform 全平台'}
  ${checked.records} records 条记录 (${checked.unsealedRecords} not sealed yet 尚未封存)
  ${checked.learners} learners counted again 名学员已重新计算, ${checked.totals} totals compared 个合计已比较
  ${checked.leaves} fingerprints 个指纹, ${checked.seals} daily seals 个每日封存
  last seal 末日封存 ${manifest.lastSeal ? `${manifest.lastSeal.day} ${manifest.lastSeal.hash}` : '-'}`);
if (wanted !== undefined && wanted !== manifest.lastSeal?.hash) {
  const says = `the last seal is not the one given: ${wanted} 末日封存与给出的不同`;
  findings.unshift({ file: 'seals.ndjson', line: checked.seals, says });
}
const [first, ...others] = findings;
if (first) {
  const where = (finding: typeof first) =>
    `${finding.file}${finding.line > 0 ? `:${finding.line}` : ''}  ${finding.says}`;
  console.error(`\nDIFFERS 有不同。First 第一处：\n  ${where(first)}`);
  for (const finding of others.slice(0, 19)) console.error(`  ${where(finding)}`);
  if (others.length > 19) console.error(`  … ${others.length - 19} more 处`);
  process.exit(1);
}
console.log('Everything agrees. 全部一致。');
