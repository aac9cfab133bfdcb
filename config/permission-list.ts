import type { Api } from "../access/apis.ts";
import { isKnownApi, knownAppRole, type PermissionArgs } from "../components/app-role.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawPermission } from "./raw.ts";

/** Why and for whom, where a grant does not say it itself. */
export interface About {
    readonly reason?: string;
    readonly owner?: string;
}

/** A permission as declared. */
export interface ListedPermission {
    readonly permission: PermissionArgs;
    /** Its place in the list. */
    readonly n: number;
    /** Whether it says itself why it is there. */
    readonly isExplained: boolean;
}

export const aboutOf = ({ reason, owner }: { reason?: string | undefined; owner?: string | undefined }): About => ({
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
});

const read = (api: Api, raw: RawPermission, about: About): PermissionArgs => {
    const { permission, appRoleId, tier, adopt, ...own } = typeof raw === "string" ? { permission: raw } : raw;
    const args: PermissionArgs = {
        permission,
        ...(appRoleId !== undefined && { appRoleId }),
        ...(tier !== undefined && { tier }),
        ...(adopt !== undefined && { adopt }),
        ...about,
        ...aboutOf(own),
    };
    return isKnownApi(api) ? { ...args, permission: knownAppRole(api, args).name } : args;
};

/** The permissions of one API as a workload lists them, each once. */
export const readList = (
    problems: Problems,
    path: Path,
    api: Api,
    raws: readonly RawPermission[],
    about: About,
): ListedPermission[] => {
    const seen = new Set<string>();
    return raws.flatMap((raw, n) => {
        const permission = problems.at([...path, n], () => read(api, raw, about));
        if (!permission) return [];
        const key = permission.permission.toLowerCase();
        if (!seen.has(key)) {
            seen.add(key);
            return [{ permission, n, isExplained: typeof raw !== "string" && raw.reason !== undefined }];
        }
        problems.add([...path, n], `permission '${permission.permission}' is declared twice`);
        return [];
    });
};
