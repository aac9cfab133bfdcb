/** A raw table, and the public file it is a copy of. */
export interface FactSource {
    /** The name under which the compiler expects it. */
    readonly file: string;
    /** Owner and name on GitHub. */
    readonly repo: string;
    readonly commit: string;
    /** Of the commit. */
    readonly date: string;
    readonly path: string;
    readonly licence: string;
}

const GRAPH = {
    repo: "microsoftgraph/microsoft-graph-devx-content",
    commit: "6cbd6bbd665a877560fdefbad74f3bdb5b57af88",
    date: "2026-08-07",
    licence: "MIT",
};
const TIERS = {
    repo: "Cloud-Architekt/AzurePrivilegedIAM",
    commit: "f14538fd3a19497fa30f980d35e3456a202d01d4",
    date: "2026-08-21",
    licence: "MIT",
};

/** Every raw table with a public address; `access/facts/SOURCES.md` says the same. */
export const FACT_SOURCES: readonly FactSource[] = [
    { file: "graph-permissions.json", ...GRAPH, path: "permissions/new/permissions.json" },
    { file: "graph-provisioning.json", ...GRAPH, path: "permissions/new/provisioningInfo.json" },
    { file: "app-role-tiers.json", ...TIERS, path: "Classification/Classification_AppRoles.json" },
    {
        file: "azure-built-in-roles.json",
        repo: "iann0036/iam-dataset",
        commit: "2073fa52ac008a45477aa0b1b4580cd99135bf60",
        date: "2026-08-22",
        path: "azure/built-in-roles-raw.json",
        licence: "MIT",
    },
    { file: "azure-role-tiers.json", ...TIERS, path: "Classification/Classification_AzureResources.json" },
    { file: "entra-role-tiers.json", ...TIERS, path: "Classification/Classification_EntraIdDirectoryRoles.json" },
    {
        file: "azure-rest-actions.json",
        repo: "iann0036/iamlive",
        commit: "3ec1a40e560c2f00ec82c50223add810e2567efb",
        date: "2026-04-19",
        path: "iamlivecore/azuremap.json",
        licence: "MIT",
    },
];

/** `owner/name@commit (date) path`, as SOURCES.md has it. */
export const describeSource = ({ repo, commit, date, path }: FactSource): string =>
    `${repo}@${commit.slice(0, 7)} (${date}) ${path}`;

/** The source of a raw table, with its licence. Throws an Error when the table has no public address. */
export const citeSource = (file: string): string => {
    const source = FACT_SOURCES.find(each => each.file === file);
    if (source === undefined) throw new Error(`raw table '${file}' has no row in scripts/facts-sources.ts`);
    return `${describeSource(source)}, ${source.licence}`;
};
