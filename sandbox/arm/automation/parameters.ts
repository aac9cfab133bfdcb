/** A runbook's parameter, as the service reads it from the text. */
export interface RunbookParameter {
    readonly type: string;
    readonly isMandatory: boolean;
    readonly position: number;
    readonly defaultValue: string | null;
}

const PARAM = /(?:^|[\s;{])param\s*\(/i;
const COMMENTS = /<#[\s\S]*?#>|#.*$/gm;

/** The text between the bracket at `open` and its partner; quoted brackets do not count. */
const bracketed = (text: string, open: number): string => {
    let depth = 0;
    let quote = "";
    for (let at = open; at < text.length; at++) {
        const character = text[at] ?? "";
        if (quote !== "") quote = character === quote ? "" : quote;
        else if (character === "'" || character === '"') quote = character;
        else if ("([{".includes(character)) depth++;
        else if (")]}".includes(character) && --depth === 0) return text.slice(open + 1, at);
    }
    return "";
};

/** Splits at the commas that are outside brackets and quotes. */
const declarations = (text: string): readonly string[] => {
    const parts: string[] = [];
    let depth = 0;
    let quote = "";
    let start = 0;
    for (let at = 0; at < text.length; at++) {
        const character = text[at] ?? "";
        if (quote !== "") quote = character === quote ? "" : quote;
        else if (character === "'" || character === '"') quote = character;
        else if ("([{".includes(character)) depth++;
        else if (")]}".includes(character)) depth--;
        else if (character === "," && depth === 0) {
            parts.push(text.slice(start, at));
            start = at + 1;
        }
    }
    return [...parts, text.slice(start)].map(part => part.trim()).filter(Boolean);
};

const DECLARATION = /^(?<attributes>[\s\S]*?)\$(?<name>\w+)\s*(?:=\s*(?<value>[\s\S]*))?$/;
const TYPE = /\[([\w.]+(?:\[\])?)\]\s*$/;
const MANDATORY = /mandatory\s*(?:=\s*(\$true|\$false|1|0))?/i;

const parameterOf = (declaration: string, position: number): readonly [string, RunbookParameter] | undefined => {
    const { attributes = "", name, value } = DECLARATION.exec(declaration)?.groups ?? {};
    if (name === undefined) return undefined;
    const mandatory = MANDATORY.exec(attributes);
    return [
        name,
        {
            type: TYPE.exec(attributes.trim())?.[1] ?? "object",
            isMandatory: mandatory !== null && !/false|0/i.test(mandatory[1] ?? ""),
            position,
            defaultValue: value?.trim() ?? null,
        },
    ];
};

/**
 * The parameters in the `param` block of a PowerShell runbook. A reader for well-formed scripts, not a PowerShell parser.
 */
export const runbookParameters = (script: string): Readonly<Record<string, RunbookParameter>> => {
    const text = script.replace(COMMENTS, "");
    const block = PARAM.exec(text);
    if (!block) return {};
    const list = declarations(bracketed(text, block.index + block[0].length - 1));
    return Object.fromEntries(list.map(parameterOf).filter(entry => entry !== undefined));
};
