// Does this browser do what core/cors predicts, over a fixed sample of the matrix in which every value of every axis occurs?
// All of it is played by `node tests/e2e/matrix.mjs --full`.

import { STAGES, groupWrong, makeCases, playCases, tellGroup } from './matrix.mjs';

const SAMPLE = { abroad: 1200, home: 600 };
const SHOWN = 5;

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();
  for (const [stage, count] of Object.entries(SAMPLE)) {
    await bench.test(`${count} configurations ${stage} go as predicted`, async () => {
      const cases = await makeCases(lab, stage, bench.browser, count);
      const browser = await bench.session(STAGES[stage].options(lab));
      const { wrong } = await playCases(browser, lab, stage, cases);
      if (!wrong.length) return;
      const groups = groupWrong(cases, wrong).slice(0, SHOWN).map(tellGroup).join('\n');
      throw new Error(`${wrong.length} of ${cases.length} go otherwise\n${groups}`);
    });
  }
}
