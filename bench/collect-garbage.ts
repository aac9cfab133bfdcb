import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");

/** Collects garbage, so that what is measured next does not pay for what went before. */
export const collectGarbage = runInNewContext("gc") as () => void;
