import { basename } from "node:path";
import { GRAPH_PACKAGES, type Packages, SIGN_IN_PACKAGES } from "../components/automation-account-args.ts";
import { type ModuleNeed, modulesOf } from "../runbooks/scan/modules-needed.ts";
import type { Scan } from "../runbooks/scan/scan.ts";
import type { RunbookNeed } from "./needs.ts";
import azRelease from "./powershell-modules.json" with { type: "json" };
import type { Path, Problems } from "./problems.ts";
import type { RawWorkload } from "./raw.ts";

/** Modules of the Az release that go together. */
const AZ: Packages = azRelease.versions;
const [GRAPH_VERSION = ""] = Object.values(GRAPH_PACKAGES);

/** Modules for an account of which no runbook was read: to sign in and, where a permission on Graph is declared, to call it. */
const usual = ({ graph = [], calls = [], runbooks = [] }: RawWorkload): Packages => {
    const callsGraph = graph.length + calls.length > 0 || runbooks.some(runbook => runbook.calls?.length);
    return { ...SIGN_IN_PACKAGES, ...(callsGraph && GRAPH_PACKAGES) };
};

/** The later of two versions of a module, which are numbers with dots. */
const later = (version: string | undefined, minimum: string | undefined): string | undefined => {
    if (version === undefined || minimum === undefined) return version ?? minimum;
    return version.localeCompare(minimum, "en", { numeric: true }) < 0 ? minimum : version;
};

/** The version to pin a module at; undefined when neither a table nor the script names one. */
const versionOf = ({ name, minimum }: ModuleNeed, isOfRelease: boolean): string | undefined => {
    const known = /^Microsoft\.Graph(\.|$)/i.test(name)
        ? GRAPH_VERSION
        : isOfRelease
          ? AZ[name]
          : (SIGN_IN_PACKAGES[name] ?? AZ[name]);
    return later(known, minimum);
};

const modulesIn = (scan: Scan): ModuleNeed[] =>
    modulesOf(scan).map(({ why, ...module }) => ({ ...module, why: `${basename(scan.path)}: ${why}` }));

/** Modules of all runbooks, each once, with the highest version that one asks for; those that others build on first. */
const modulesUsed = (needs: readonly RunbookNeed[]): ModuleNeed[] => {
    const used = new Map<string, ModuleNeed>();
    for (const module of needs.flatMap(({ scan }) => (scan === undefined ? [] : modulesIn(scan)))) {
        const known = used.get(module.name.toLowerCase());
        const minimum = later(known?.minimum, module.minimum);
        used.set(module.name.toLowerCase(), { ...(known ?? module), ...(minimum !== undefined && { minimum }) });
    }
    const isBase = ({ name }: ModuleNeed): boolean => /^(Az\.Accounts|Microsoft\.Graph\.Authentication)$/i.test(name);
    return [...used.values()].sort((a, b) => Number(isBase(b)) - Number(isBase(a)) || (a.name < b.name ? -1 : 1));
};

const pinned = (problems: Problems, at: Path, modules: readonly ModuleNeed[]): Packages => {
    const isOfRelease = modules.some(({ name }) => /^Az\.(?!Accounts$)/i.test(name));
    const packages = modules.flatMap((module): [string, string][] => {
        const version = versionOf(module, isOfRelease);
        if (version !== undefined) return [[module.name, version]];
        problems.warnAt(
            [...at, "account"],
            `no version of module '${module.name}' is known (${module.why}); name one under 'runtime.packages' if it is not in the account already`,
        );
        return [];
    });
    return Object.fromEntries(packages);
};

/** The PowerShell modules of an account: as declared, else those that its runbooks use. */
export const packagesFor = (
    problems: Problems,
    at: Path,
    raw: RawWorkload,
    needs: readonly RunbookNeed[],
    declared: Packages | undefined,
): Packages => {
    if (needs.every(({ scan }) => scan === undefined)) return declared ?? usual(raw);
    const modules = modulesUsed(needs);
    const isWhole = needs.every(({ scan }) => scan !== undefined);
    if (declared === undefined) return { ...(isWhole ? {} : usual(raw)), ...pinned(problems, at, modules) };
    const names = new Set(Object.keys(declared).map(name => name.toLowerCase()));
    for (const { name, why } of modules.filter(each => !names.has(each.name.toLowerCase())))
        problems.warnAt([...at, "account", "runtime", "packages"], `lacks module '${name}', which is used (${why})`);
    return declared;
};
