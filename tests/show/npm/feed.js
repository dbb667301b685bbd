// The feed on standard input as podcast-partytime reads it, in JSON.
import { readFileSync } from "node:fs";
import partytime from "podcast-partytime";

const feed = partytime.parseFeed(readFileSync(0, "utf8"), { allowMissingGuid: false });
console.log(JSON.stringify(feed));
