/** README.md of every package. */
export const PACKAGE_README = `# 学时证据包

这个文件夹是匠学平台某一时刻的学时证据：学习记录、重新计算所需的事实、平台当时的合计，以及每日封存。任何人都可以在没有平台的电脑上核对。

    node verify.mjs .

需要 Node 20 或更新的版本，不联网，不安装。核对内容：

1. 每个文件与清单 manifest.json 一致；
2. 每条记录属于封存过的那一天，封存首尾相接；
3. 按《学时认定规则》从记录重新计算每个人、每节课、每一天，与平台的合计逐一比较。

全部一致时退出码为 0；有不同时为 1，并指出第一条不同的记录（文件、行号、哪里不同）。

封存能证明什么：请把屏幕上最后一日的封存值，与平台以前公布或另外保存的封存值比较。两者相同，则那一天及以前的记录没有改过。可以直接写：\`node verify.mjs . --seal 封存值\`。

evidence.ndjson 是记录，按人分组、组内按到达的日子分段；facts 是班级、规则、姓名与课名；totals 是平台的合计；seals.ndjson 是每日封存，leaves.ndjson 是每人每日的指纹。缩小到一个班或一段日子的包，装着这些学员的全部记录（每日上限和一人一端跨班计算，少了就算不出来），proofs.ndjson 证明它们在封存的树里。时间是 1970 年以来的毫秒，时长也是毫秒。

本包含有个人信息（姓名与学习记录），请只交给有权审核的人，用完删除。

# Evidence of class hours

This folder holds the class hours of a Jiangxue platform as of one moment: the records of studying, the facts needed to count them again, the totals the platform had, and the daily seals. Anybody can check it on a machine without the platform.

    node verify.mjs .

It needs Node 20 or newer, no network and no installation. It checks that

1. every file is as the manifest says;
2. every record belongs to the day that was sealed, and the seals follow one another;
3. the totals of every person, lesson and day, counted again from the records by the law, are those of the platform.

It ends with 0 when all of this holds, and with 1 otherwise, after naming the first record that differs (file, line, what differs).

What the seals prove: compare the last seal it prints with one that the platform made known or that was kept elsewhere. When both are the same, no record up to that day was changed. Or let it compare: \`node verify.mjs . --seal HASH\`.

evidence.ndjson holds the records, by owner and within an owner by the day of arrival; facts are classes, rule sets and names; totals are the platform's; seals.ndjson are the daily seals, and leaves.ndjson the fingerprint of each owner's day. A package narrowed to a class or to days holds all records of its learners, because the daily cap and the one-stream rule reach over classes; proofs.ndjson shows that they are in the sealed tree. Moments are milliseconds since 1970 UTC, durations milliseconds.

The package holds personal data (names and records of studying). Give it only to those who may audit them, and delete it afterwards.
`;
