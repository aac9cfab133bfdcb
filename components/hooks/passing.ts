import { ErrorHook } from "@pulumi/pulumi";
import { failureOf } from "./failure.ts";
import { waitAgain } from "./patience.ts";
import { perRun } from "./per-run.ts";

/** Repeats an operation that failed for a reason that passes by itself. */
export const passingHook = perRun(
    () =>
        new ErrorHook(
            "leastwise-passing",
            async ({ errors }) => failureOf(errors[0] ?? "") === "passing" && waitAgain(errors.length),
        ),
);
