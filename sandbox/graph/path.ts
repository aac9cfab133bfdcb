/** Graph's paths: `/v1.0/…` and `/beta/…`. */
export const GRAPH_PATH = /^\/(v1\.0|beta)\//;

const decode = (text: string): string => {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
};

/** The key of an object in a path: its id, or an alternate key such as `appId='…'`. */
export const keyOf = (segment: string): readonly [property: string, value: string] => {
    const [, property, value] = /^(\w+)='(.*)'$/.exec(decode(segment)) ?? [];
    return property === undefined || value === undefined
        ? ["id", decode(segment).toLowerCase()]
        : [property, value.toLowerCase()];
};

/** A path with OData's keys as segments, so that routes match: `/users('x')/y` and `/users(upn='x')` as `/users/x/y`, `/users/upn='x'`. */
export const withKeysAsSegments = (path: string): string =>
    GRAPH_PATH.test(path)
        ? decode(path).replace(
              /\/(\w+)\((?:'([^']*)'|(\w+='[^']*'))\)/g,
              (_, name: string, id?: string, key?: string) => `/${name}/${id ?? key ?? ""}`,
          )
        : path;
