// The MP3 that is named as music-metadata reads it, in JSON; pictures only by their length.
import { parseFile } from "music-metadata";

const read = await parseFile(process.argv[2], { duration: true, includeChapters: true });
console.log(JSON.stringify(read, (_key, value) => (value instanceof Uint8Array ? value.length : value)));
