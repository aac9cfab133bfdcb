import { table } from "./values.ts";
import type { Value } from "./values.ts";

/** Requests .NET makes in two steps: they are kept as a table until they are sent. */
export const created = (type: string, name: string, args: readonly Value[]): Value | undefined => {
    const [first, second] = args;
    if (/^net\.(http|file)?webrequest$/.test(type) && /^create(http)?$/.test(name) && first !== undefined) {
        return table([["requesturi", first]], true);
    }
    if (/^net\.http\.httprequestmessage$/.test(type) && name === "new") {
        return table(
            [
                ...(first === undefined ? [] : [["method", first] as const]),
                ...(second === undefined ? [] : [["requesturi", second] as const]),
            ],
            true,
        );
    }
    return undefined;
};
