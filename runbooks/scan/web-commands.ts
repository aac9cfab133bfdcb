import { given } from "./binding.ts";
import type { Bound } from "./binding.ts";
import type { Request } from "./request.ts";
import { concat } from "./value-texts.ts";
import { literal, plain } from "./values.ts";
import type { Value } from "./values.ts";

type Made = Omit<Request, "line" | "via">;

const AUTHORISING = [
    "authentication",
    "token",
    "credential",
    "websession",
    "usedefaultcredentials",
    "certificate",
    "certificatethumbprint",
];

/** Whether a web request carries a right: a header that says so, or a parameter that adds one. */
const isAuthorised = (bound: Bound): boolean => {
    if (bound.open || AUTHORISING.some(name => bound.named.has(name))) return true;
    const headers = given(bound, "headers");
    if (headers === undefined || headers.t === "nothing") return false;
    if (headers.t !== "table" || headers.open) return true;
    return [...headers.entries.keys()].some(key => /auth|token|api-?key|secret/.test(key));
};

const graphRequest = (bound: Bound): Made | undefined => {
    const address =
        given(bound, "uri", "url") ??
        bound.positional[bound.named.has("method") ? 0 : bound.positional.length > 1 ? 1 : 0];
    if (address === undefined) return undefined;
    const method =
        given(bound, "method", "httpmethod") ?? (bound.positional.length > 1 ? bound.positional[0] : undefined);
    return { address, method, body: given(bound, "body", "content"), relativeTo: "graph", authorised: true };
};

const webRequest = (bound: Bound): Made | undefined => {
    const address = given(bound, "uri") ?? bound.positional[0];
    if (address === undefined) return undefined;
    return {
        address,
        method: given(bound, "method", "custommethod"),
        body: given(bound, "body"),
        authorised: isAuthorised(bound),
    };
};

/** The path that `Invoke-AzRestMethod` builds from its parameters. */
const armPath = (bound: Bound): Value => {
    const part = (before: string, ...names: string[]): Value[] => {
        const value = given(bound, ...names);
        return value === undefined ? [] : [literal(before), value];
    };
    return concat([
        literal("/subscriptions/x"),
        ...part("/resourceGroups/", "resourcegroupname"),
        ...part("/providers/", "resourceprovidername"),
        ...part("/", "resourcetype"),
        ...part("/", "name"),
    ]);
};

const azRequest = (bound: Bound): Made | undefined => {
    const address =
        given(bound, "path", "uri") ??
        bound.positional[0] ??
        (bound.named.has("resourceprovidername") || bound.named.has("resourcegroupname") ? armPath(bound) : undefined);
    if (address === undefined) return undefined;
    return {
        address,
        method: given(bound, "method"),
        body: given(bound, "payload"),
        relativeTo: "arm",
        authorised: true,
    };
};

/** Commands that send a request they are given whole. */
export const WEB_COMMANDS: Readonly<Record<string, (bound: Bound) => Made | undefined>> = {
    "invoke-mggraphrequest": graphRequest,
    "invoke-graphrequest": graphRequest,
    "invoke-mgrestmethod": graphRequest,
    "invoke-msgraphrequest": graphRequest,
    "invoke-restmethod": webRequest,
    "invoke-webrequest": webRequest,
    "invoke-azrestmethod": azRequest,
    "invoke-azrest": azRequest,
};

/** `az rest --method get --url …`; other commands of the Azure CLI are not read. */
export const azRest = (bound: Bound): Made | undefined => {
    if (plain(bound.positional[0])?.toLowerCase() !== "rest") return undefined;
    const address = given(bound, "url", "uri", "u");
    if (address === undefined) return undefined;
    const method = given(bound, "method", "m");
    return { address, method, body: given(bound, "body", "b"), relativeTo: "arm", authorised: true };
};

const ASYNC: Readonly<Record<string, string>> = {
    getasync: "GET",
    getstringasync: "GET",
    getstreamasync: "GET",
    getbytearrayasync: "GET",
    postasync: "POST",
    putasync: "PUT",
    patchasync: "PATCH",
    deleteasync: "DELETE",
    downloadstring: "GET",
    downloaddata: "GET",
    downloadfile: "GET",
    openread: "GET",
    uploadstring: "POST",
    uploaddata: "POST",
    uploadfile: "POST",
};

/** A request that a .NET client sends: `$client.GetAsync($uri)`. */
export const clientRequest = (name: string, args: readonly Value[]): Made | undefined => {
    const method = ASYNC[name];
    const [address, second] = args;
    if (method === undefined || address === undefined) return undefined;
    const said = plain(second)?.toUpperCase();
    const isUpload = name.startsWith("upload") && args.length > 2 && said !== undefined && /^[A-Z]{3,6}$/.test(said);
    return { address, method: literal(isUpload ? said : method), body: args.at(-1), authorised: false };
};
