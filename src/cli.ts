// The version is answered before anything is loaded: editors and scripts ask for it all the time.
import { VERSION } from "./cli/version.ts";

const argv = process.argv.slice(2);
if (argv.length === 1 && argv[0] === "--version") console.log(`kata ${VERSION}`);
else await (await import("./cli/main.ts")).main(argv);
