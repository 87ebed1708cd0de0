import { PyGenerator } from "./generator.ts";

/** What calling an `async def` with `yield` gives. */
export class PyAsyncGenerator extends PyGenerator {}
