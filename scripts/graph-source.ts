/** Shapes of the raw tables that `npm run facts` reads; `access/facts/SOURCES.md` says where they come from. */

export interface RawPathSet {
    readonly schemeKeys: readonly string[];
    readonly methods: readonly string[];
    readonly paths: Readonly<Record<string, string>>;
}

export interface RawPermission {
    /** `oAuth2`, or `RSC` for resource-specific consent. */
    readonly authorizationType: string;
    readonly schemes: Readonly<Record<string, unknown>>;
    readonly pathSets: readonly RawPathSet[];
}

export type RawPermissions = Readonly<Record<string, RawPermission>>;

export interface RawDeployment {
    readonly id: string;
    readonly scheme: string;
    readonly isHidden: boolean;
    readonly isEnabled: boolean;
    readonly resourceAppId: string;
}

export interface RawAppRole {
    readonly AppId: string;
    readonly AppRoleId: string;
    readonly AppRoleDisplayName: string;
    readonly EAMTierLevelTagValue: string;
}

/** The permissions with those that differ only in case folded into the one that is deployed. */
export const withoutDoubles = (permissions: RawPermissions, deployed: ReadonlySet<string>): RawPermissions => {
    const names = new Map<string, string>();
    for (const name of Object.keys(permissions)) {
        const lower = name.toLowerCase();
        if (!names.has(lower) || deployed.has(name)) names.set(lower, name);
    }
    const folded = new Map<string, RawPermission>();
    for (const [name, permission] of Object.entries(permissions)) {
        const kept = names.get(name.toLowerCase()) ?? name;
        const other = folded.get(kept);
        folded.set(kept, {
            authorizationType: permission.authorizationType,
            schemes: { ...other?.schemes, ...permission.schemes },
            pathSets: [...(other?.pathSets ?? []), ...permission.pathSets],
        });
    }
    return Object.fromEntries(folded);
};

/** One (permission, method, path) line of the permissions table, for applications or for delegated use. */
export interface RawLine {
    readonly permission: string;
    readonly method: string;
    readonly path: string;
    readonly application: boolean;
    /** The table flags the permission as the least for applications on this path. */
    readonly least: boolean;
    /** One of these is needed beside the permission; empty when it is enough alone. */
    readonly partners: readonly string[];
    /** How many methods share this line's flags in the raw table. */
    readonly methodsOfSet: number;
}

const valueOf = (text: string, key: string): string[] =>
    text
        .split(";")
        .filter(part => part.startsWith(`${key}=`))
        .flatMap(part => part.slice(key.length + 1).split(","))
        .map(part => part.trim())
        .filter(part => part !== "");

/** Every line of the permissions table, in the order of the file. */
export function* rawLines(permissions: RawPermissions): Generator<RawLine> {
    for (const [permission, { pathSets }] of Object.entries(permissions))
        for (const { schemeKeys, methods, paths } of pathSets)
            for (const [path, value] of Object.entries(paths))
                for (const method of methods)
                    yield {
                        permission,
                        method,
                        path,
                        application: schemeKeys.includes("Application"),
                        least: valueOf(value, "least").includes("Application"),
                        partners: valueOf(value, "AlsoRequires"),
                        methodsOfSet: methods.length,
                    };
}
