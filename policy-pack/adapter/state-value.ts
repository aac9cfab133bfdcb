import { notKnownYet, Unknown, UNKNOWNS } from "./value.ts";

/** Marks an object of state that is no plain value: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

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
        : notKnownYet(path);
};

const decodeParts = (value: object, path: string): unknown =>
    Object.fromEntries(
        Object.entries(value)
            .filter(([key]) => key !== SIGNATURE)
            .map(([key, part]) => [key, decodeState(part, path === "" ? key : `${path}.${key}`)]),
    );

/** A value of state as plain data, with an Unknown at each place that is encrypted or was never known. */
export const decodeState = (value: unknown, path = ""): unknown => {
    if (UNKNOWNS.has(value)) return notKnownYet(path);
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((part, at) => decodeState(part, `${path}.${String(at)}`));
    return Object.hasOwn(value, SIGNATURE) ? marked(value, path) : decodeParts(value, path);
};
