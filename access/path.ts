/** One segment of a path as the tables key it. An id of any kind is `{}`. */
type Segment = string;

const PLACEHOLDER =
    /^(\{[^{}]*\}+|\([\w-]+\)|<[^<>]*>|\$\([^()]*\)|\$\{[^{}]*\}|\$(?!ref$|count$|value$|batch$)\w[\w.]*)$/;
const FUNCTION = /^([\w.$-]+)\((.*)\)$/;

const parameterNames = (list: string): string =>
    list
        .replace(/'[^']*'/g, "")
        .split(",")
        .map(part => (part.split("=")[0] ?? "").trim())
        .sort()
        .join(",");

const callSegments = (name: string, list: string): Segment[] => {
    if (list === "") return [name];
    return list.includes("=") ? [`${name}(${parameterNames(list)})`] : [name, "{}"];
};

const segmentsOf = (raw: string): Segment[] => {
    if (PLACEHOLDER.test(raw)) return ["{}"];
    if (raw.endsWith(":") && PLACEHOLDER.test(raw.slice(0, -1))) return ["{}:"];
    const call = FUNCTION.exec(raw);
    return call === null ? [raw] : callSegments(call[1] ?? "", call[2] ?? "");
};

/** Splits at slashes outside parentheses and quotes, so that a function's arguments stay together. */
const splitPath = (path: string): string[] => path.match(/(?:[^/(']|\([^()]*\)|'[^']*'|\(|')+/g) ?? [];

/**
 * The segments of a Graph path in the form the tables are keyed by: lower case, ids as `{}`, functions and alternate
 * keys by the names of their parameters (`users(userprincipalname)`), single keys as a segment (`users('x')` = `users/{}`).
 */
export const pathSegments = (path: string): readonly Segment[] =>
    splitPath(path.toLowerCase())
        .map(part => part.trim())
        .filter(part => part !== "")
        .flatMap(segmentsOf);
