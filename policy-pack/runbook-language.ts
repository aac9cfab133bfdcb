import type { RunbookSubject } from "./adapter/subject-automation.ts";
import { isKnown } from "./adapter/value.ts";

/** How Python reads where no type tells: `import os`, `from azure.identity import …`, `#!/usr/bin/env python3`. */
const PYTHON = /^(?:#!.*python|import [\w.]+(?:$|[ ,])|from [\w.]+ import )/m;

/**
 * The text of a runbook that is PowerShell; undefined for one in another language, one drawn in the portal, and one whose
 * text the stack does not carry.
 */
export const powerShellOf = ({ type, content }: Pick<RunbookSubject, "type" | "content">): string | undefined => {
    if (!isKnown(content) || content === undefined) return undefined;
    const language = isKnown(type) ? type?.toLowerCase() : undefined;
    if (language !== undefined) return /python|graph/.test(language) ? undefined : content;
    return PYTHON.test(content) ? undefined : content;
};
