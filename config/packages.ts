import { GRAPH_PACKAGES, type Packages, SIGN_IN_PACKAGES } from "../components/automation-account.ts";
import type { RunbookNeed } from "./needs.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawWorkload } from "./raw.ts";

/** Modules for an account of which no runbook was read: to sign in and, where a permission on Graph is declared, to call it. */
const usual = ({ graph = [], calls = [], runbooks = [] }: RawWorkload): Packages => {
    const callsGraph = graph.length + calls.length > 0 || runbooks.some(runbook => runbook.calls?.length);
    return { ...SIGN_IN_PACKAGES, ...(callsGraph && GRAPH_PACKAGES) };
};

/** The PowerShell modules of an account: as declared, else those that its runbooks use. */
export const packagesFor = (
    _problems: Problems,
    _at: Path,
    raw: RawWorkload,
    _needs: readonly RunbookNeed[],
    declared: Packages | undefined,
): Packages => declared ?? usual(raw);
