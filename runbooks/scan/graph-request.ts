import { isKnown } from "../../access/calls.ts";
import type { Target } from "./address.ts";
import { hasKnownRoot, judgePath } from "./graph-path.ts";
import type { Judged } from "./graph-path.ts";
import type { Request } from "./request.ts";

/** No path of Graph's begins like this: text that was never meant as an address. */
const isOdd = (path: string): boolean => /^\/*(?:\$(?!batch\b|metadata\b)|[^/]*[\s*:])/.test(path);

/** The call a request to an address makes, or why it cannot be told, and whether it goes to Microsoft Graph at all. */
export const judgeGraphRequest = (
    request: Request,
    target: Target & { path: string },
    method: string,
    inserted: ReadonlySet<string>,
): { readonly judged: Judged; readonly isGraph: boolean } => {
    const known = target.to === "graph" ? target.version : undefined;
    const version = known ?? request.version ?? "v1.0";
    const query = [target.to === "graph" || target.to === "unknown" ? target.query : "", request.query ?? ""].join("&");
    const path = known === undefined ? target.path.replace(/^\/?\ue000+(?=\/[a-z])/i, "") : target.path;
    const isPlaced = target.to === "graph" && !path.startsWith("\ue000");
    const judged = judgePath(method, version, path, query, inserted);
    const isGraph =
        (isPlaced && !isOdd(path)) ||
        (request.relativeTo === "graph" && !target.path.startsWith("\ue000") && hasKnownRoot(path)) ||
        ("call" in judged && isKnown(judged.call));
    return { judged, isGraph };
};
