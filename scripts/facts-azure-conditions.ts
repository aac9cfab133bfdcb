const stripOuter = (text: string): string => {
    const trimmed = text.trim();
    if (!trimmed.startsWith("(")) return trimmed;
    let depth = 0;
    for (const [at, character] of [...trimmed].entries()) {
        if (character === "(") depth += 1;
        if (character === ")") depth -= 1;
        if (depth === 0) return at === trimmed.length - 1 ? stripOuter(trimmed.slice(1, -1)) : trimmed;
    }
    throw new Error(`unbalanced parentheses in condition '${text}'`);
};

/** Parts of a condition between a word (`AND`, `OR`) that stands outside every parenthesis. */
const splitAt = (text: string, word: RegExp): string[] => {
    const parts: string[] = [""];
    let depth = 0;
    for (const token of stripOuter(text).split(/(\(|\)|\s+AND\s+|\s+OR\s+|\s*&&\s*|\s*\|\|\s*)/i)) {
        if (token === "(") depth += 1;
        if (token === ")") depth -= 1;
        if (depth === 0 && word.test(token)) parts.push("");
        else parts[parts.length - 1] += token;
    }
    return parts.map(stripOuter);
};

const EXEMPTS_OTHERS = /^!\s*\(?\s*ActionMatches\s*\{\s*'([^']+)'\s*\}\s*\)?$/i;

/**
 * The actions a condition bears on: those of its guards `!(ActionMatches{'…'}) OR …`. Null when some part has no such
 * guard and so bears on every action of its block.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 */
export const guardedActions = (condition: string): string[] | null => {
    const guards = splitAt(condition, /^(\s+AND\s+|\s*&&\s*)$/i).map(part =>
        splitAt(part, /^(\s+OR\s+|\s*\|\|\s*)$/i)
            .map(alternative => EXEMPTS_OTHERS.exec(alternative)?.[1])
            .find(action => action !== undefined),
    );
    return guards.every(guard => guard !== undefined) ? [...new Set(guards)] : null;
};
