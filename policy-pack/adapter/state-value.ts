import { Unknown } from "./value.ts";

/** Marks an object of state that is no plain value: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** What stands for a value that is not known yet: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go */
const UNKNOWNS: ReadonlySet<unknown> = new Set([
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const secretOf = (value: object, path: string): unknown => {
    const plain: unknown = Reflect.get(value, "plaintext");
    if (typeof plain !== "string") return new Unknown(`'${path}' is a secret that the state keeps encrypted`, false);
    try {
        return decodeState(JSON.parse(plain), path);
    } catch {
        return new Unknown(`'${path}' is a secret that cannot be read`, false);
    }
};

const marked = (value: object, path: string): unknown => {
    const kind: unknown = Reflect.get(value, SIGNATURE);
    if (kind === SECRET) return secretOf(value, path);
    if (kind === RESOURCE) return Reflect.get(value, "id") ?? Reflect.get(value, "urn");
    if (kind !== OUTPUT) return decodeParts(value, path);
    return Object.hasOwn(value, "value") && Reflect.get(value, "value") !== null
        ? decodeState(Reflect.get(value, "value"), path)
        : new Unknown(`'${path}' is not known before its resources exist`, true);
};

const decodeParts = (value: object, path: string): unknown =>
    Object.fromEntries(
        Object.entries(value)
            .filter(([key]) => key !== SIGNATURE)
            .map(([key, part]) => [key, decodeState(part, path === "" ? key : `${path}.${key}`)]),
    );

/** A value of state as plain data, with an Unknown at each place that is encrypted or was never known. */
export const decodeState = (value: unknown, path = ""): unknown => {
    if (UNKNOWNS.has(value)) return new Unknown(`'${path}' is not known before its resources exist`, true);
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((part, at) => decodeState(part, `${path}.${String(at)}`));
    return Object.hasOwn(value, SIGNATURE) ? marked(value, path) : decodeParts(value, path);
};
