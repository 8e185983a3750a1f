// The native engine, whose answers the page must repeat.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";

/** Sends the requests in order and gives the replies, in the same order. An error is thrown. */
export async function askEngine(requests) {
  const program = process.env.PLAYHEAD_ENGINE;
  assert.ok(program, "PLAYHEAD_ENGINE must name the native engine; cargo xtask test does");
  const engine = spawn(program, [], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = requests.map((request, index) => JSON.stringify({ id: index + 1, request }));
  engine.stdin.end(lines.join("\n") + "\n");
  let text = "";
  for await (const piece of engine.stdout) text += piece;
  const messages = text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return requests.map((request, index) => {
    const answer = messages.find(({ id, progress }) => id === index + 1 && !progress);
    assert.ok(answer?.reply, `${request.type}: ${JSON.stringify(answer)}`);
    return answer.reply;
  });
}
