export interface ModuleUse {
    readonly name: string;
    /** As the script asks for it; undefined when it does not say. */
    readonly version?: string;
}

const REQUIRES = /^[ \t]*#requires\b[^\n]*-modules?\s+([^\n]+)/gim;
const TABLE = /@\{([^}]*)\}/g;

const valueIn = (table: string, ...keys: readonly string[]): string | undefined => {
    for (const key of keys) {
        const found = new RegExp(`\\b${key}\\s*=\\s*(["'])(.*?)\\1`, "i").exec(table)?.[2];
        if (found !== undefined) return found;
    }
    return undefined;
};

const parseList = (text: string): ModuleUse[] => {
    const tables = [...text.matchAll(TABLE)].flatMap(([, inside = ""]) => {
        const name = valueIn(inside, "ModuleName");
        const version = valueIn(inside, "RequiredVersion", "ModuleVersion");
        return name === undefined ? [] : [{ name, ...(version === undefined ? {} : { version }) }];
    });
    const rest = text.replace(TABLE, "").replace(/\s-\w+.*$/, "");
    const names = rest.split(",").map(name => name.trim().replace(/^["']|["']$/g, ""));
    return [...tables, ...names.filter(name => /^[A-Za-z][\w.-]*$/.test(name)).map(name => ({ name }))];
};

/** Modules that `#Requires` lines ask for. */
export const requiredModules = (source: string): readonly ModuleUse[] => {
    const all = [...source.matchAll(REQUIRES)].flatMap(([, text = ""]) => parseList(text));
    return [...new Map(all.map(each => [each.name.toLowerCase(), each])).values()];
};
