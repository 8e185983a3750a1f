// The benchmark's table: 12 columns, the same bytes for the same number of rows.

import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { seeded } from "../support/numbers.mjs";

const HEADER =
  "session_id,user_id,variant,session_start,session_minutes,watched,completed,clicks,device,country,genre,ad_revenue\n";
const DEVICES = ["Mobile", "Laptop", "TV", "Tablet"];
const COUNTRIES = ["US", "IN", "BR", "DE", "GB", "JP", "FR", "MX", "NG", "KR"];
const GENRES = ["Drama", "Comedy", "Action", "Horror", "Documentary", "Kids"];
const ROWS_PER_USER = 5;

/** Writes `nRows` rows to `path`. Users see one variant; B stays 0.4 minutes longer; 3 % of revenues are missing. */
export async function writeSessions(path, nRows) {
  const random = seeded(20240101);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const nUsers = Math.max(2, Math.floor(nRows / ROWS_PER_USER));
  const file = createWriteStream(path);
  file.write(HEADER);
  let lines = [];
  for (let row = 1; row <= nRows; row++) {
    const user = 1 + Math.floor(random() * nUsers);
    const variant = Math.imul(user, 2654435761) >>> 31 ? "B" : "A";
    const start = new Date(Date.UTC(2024, 0, 1) + Math.floor(random() * 90 * 86_400) * 1000);
    const minutes = Math.max(0.1, 12 + 4 * normal() + (variant === "B" ? 0.4 : 0)).toFixed(2);
    const watched = random() < 0.67 ? 1 : 0;
    const completed = watched && random() < 0.53 ? 1 : 0;
    const revenue = random() < 0.03 ? "" : (-Math.log(1 - random()) * 0.8).toFixed(4);
    lines.push(
      `${row},${user},${variant},${start.toISOString().slice(0, 19).replace("T", " ")},${minutes},${watched},` +
        `${completed},${Math.floor(random() * 6)},${pick(DEVICES)},${pick(COUNTRIES)},${pick(GENRES)},${revenue}\n`,
    );
    if (lines.length === 20_000) {
      if (!file.write(lines.join(""))) await once(file, "drain");
      lines = [];
    }
  }
  file.end(lines.join(""));
  await once(file, "finish");
}
