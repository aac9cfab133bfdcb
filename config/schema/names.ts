import { z } from "zod";

/** A name of something of Azure; `expected` says what such a name looks like. */
export const named = (what: string, pattern: RegExp, expected: string) =>
    z
        .string()
        .regex(pattern, { error: ({ input }) => `'${String(input)}' is no name for ${what}; expected ${expected}` });

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id of something; `what` it is that it identifies. */
export const guid = (what: string) =>
    z.string().regex(GUID, { error: ({ input }) => `'${String(input)}' is no ${what}; expected a GUID` });

export const text = z.string().min(1, { error: "is empty; expected text" });
export const tags = z.record(z.string(), z.string()).meta({ description: "Tags for the resources that are made." });
export const reason = text.meta({ description: "Why it is needed; reports print it." });
export const owner = text.meta({ description: "Who answers for it." });

export const group = named(
    "a resource group",
    /^[-\w.()]{1,89}[-\w()]$/,
    "1 to 90 letters, digits or -_.(), no dot at the end",
);
export const accountName = named(
    "an Automation account",
    /^[a-z][a-z0-9-]{4,48}[a-z0-9]$/i,
    "6 to 50 letters, digits or -, first a letter",
);
export const appName = named("a Function App", /^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/i, "2 to 60 letters, digits or -");
export const identityName = named("an identity", /^[a-z0-9][a-z0-9_-]{2,127}$/i, "3 to 128 letters, digits or -_");
export const runbookName = named(
    "a runbook",
    /^[a-z][a-z0-9_-]{0,62}$/i,
    "1 to 63 letters, digits or -_, first a letter",
);
export const variableName = named(
    "a variable",
    /^[a-z][\w-]{0,127}$/i,
    "1 to 128 letters, digits or -_, first a letter",
);
