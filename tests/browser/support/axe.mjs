// axe, run in the page without weakening its content security policy: the developer tools' protocol
// may evaluate what the page itself may not.

import assert from "node:assert/strict";
import axe from "axe-core";

export async function assertAxeClean(page, screen) {
  const session = await page.context().newCDPSession(page);
  const evaluate = async (expression) => {
    const answer = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    assert.ok(!answer.exceptionDetails, JSON.stringify(answer.exceptionDetails));
    return answer.result.value;
  };
  await evaluate(`${axe.source}; undefined`);
  const violations = await evaluate(`axe.run(document).then(({ violations, passes }) => {
    if (passes.length < 5) throw new Error("axe found almost nothing to check");
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 5).map((node) => ({
      html: node.html.slice(0, 200), why: node.failureSummary })) }));
  })`);
  await session.detach();
  assert.deepEqual(violations, [], `axe on ${screen}: ${JSON.stringify(violations, null, 1)}`);
}
