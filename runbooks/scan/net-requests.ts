import type { Machine } from "./machine.ts";
import type { Requests } from "./requests.ts";
import { created } from "./two-step-requests.ts";
import { unknown } from "./values.ts";
import type { Value } from "./values.ts";
import { clientRequest } from "./web-commands.ts";

/** What a method of .NET makes of a request: one that is put together, or the answer to one that is sent. */
export const netRequest = (
    requests: Requests,
    machine: Machine,
    of: Value,
    type: string | undefined,
    name: string,
    args: readonly Value[],
    line: number,
): Value | undefined => {
    if (type !== undefined) return created(type, name, args);
    if ((name === "getresponse" || name === "getresponseasync") && of.t === "table") {
        const address = of.entries.get("requesturi");
        if (address === undefined) return undefined;
        requests.send(machine, {
            address,
            method: of.entries.get("method"),
            line,
            via: "WebRequest",
            authorised: true,
        });
        return unknown("a response");
    }
    if (name === "sendasync" && args[0]?.t === "table") {
        const { entries } = args[0];
        const address = entries.get("requesturi");
        if (address === undefined) return undefined;
        requests.send(machine, {
            address,
            method: entries.get("method"),
            body: entries.get("content"),
            line,
            via: "HttpClient",
            authorised: true,
        });
        return unknown("a response");
    }
    const request = clientRequest(name, args);
    if (request === undefined) return undefined;
    requests.send(machine, { ...request, line, via: name });
    return unknown("a response");
};
