import type { Machine } from "./machine.ts";
import type { Stmt } from "./syntax.ts";
import { optionsOf } from "./value-options.ts";
import { plain } from "./values.ts";
import type { Value } from "./values.ts";

type Clause = (Stmt & { k: "switch" })["clauses"][number];

const matches = (names: readonly (string | undefined)[], label: string): boolean =>
    names.some(name => name?.toLowerCase() === label.toLowerCase());

const isDefault = ([condition]: Clause): boolean =>
    condition.k === "text" && condition.parts.length === 1 && String(condition.parts[0]).toLowerCase() === "default";

/** The clauses of a `switch` that its subject may take, and whether it may take none. */
export const clausesTaken = (
    machine: Machine,
    subject: Value,
    clauses: readonly Clause[],
): { readonly taken: readonly Clause[]; readonly mayFall: boolean } => {
    const names = optionsOf(subject).map(plain);
    const isKnown = names.every(name => name !== undefined) && !machine.reached.opensAll(machine);
    const chosen = clauses.filter(([condition]) => {
        const label = condition.k === "block" ? undefined : plain(machine.evaluate(condition));
        return !isKnown || label === undefined || label.toLowerCase() === "default" || matches(names, label);
    });
    const isHit =
        isKnown &&
        names.length === 1 &&
        chosen.some(
            clause =>
                clause[0].k === "text" &&
                !isDefault(clause) &&
                matches(names, plain(machine.evaluate(clause[0])) ?? ""),
        );
    const taken = isHit ? chosen.filter(clause => !isDefault(clause)) : chosen;
    return { taken, mayFall: !taken.some(isDefault) && !isHit };
};
