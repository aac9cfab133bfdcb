import type { OpType } from "@pulumi/pulumi/automation/index.js";
import { styleText } from "node:util";
import type { Step } from "./engine-events.ts";

const SIGNS: Readonly<Partial<Record<OpType, readonly [string, "green" | "yellow" | "red"]>>> = {
    create: ["+", "green"],
    import: ["=", "green"],
    update: ["~", "yellow"],
    replace: ["±", "yellow"],
    delete: ["-", "red"],
};

const LINES_SHOWN = 60;

const line = ({ op, type, name, properties }: Step): string[] => {
    const sign = SIGNS[op];
    if (sign === undefined) return [];
    const mark = styleText(sign[1], sign[0], { stream: process.stdout });
    return [`${mark} ${type} ${name}${properties.length === 0 ? "" : ` (${properties.join(", ")})`}`];
};

/** Changes to resources, one a line: `~ Runbook nightly-report (description)`. */
export const stepList = (steps: readonly Step[]): string[] => {
    const lines = steps.flatMap(line);
    const hidden = lines.length - LINES_SHOWN;
    return hidden <= 0 ? lines : [...lines.slice(0, LINES_SHOWN), `… and ${hidden} more`];
};
