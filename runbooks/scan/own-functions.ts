import type { Machine } from "./machine.ts";
import { bodies } from "./statements.ts";
import type { Block, Stmt } from "./syntax.ts";
import type { FunctionDefinition } from "./world.ts";

type Written = Stmt & { k: "function" };

const kept = new WeakMap<Block, readonly Written[]>();

const among = (statements: readonly Stmt[]): readonly Written[] =>
    statements.flatMap(statement => (statement.k === "function" ? [statement] : bodies(statement).flatMap(among)));

/** Functions written in a body, not those inside others. */
const writtenIn = (body: Block): readonly Written[] => {
    const known = kept.get(body) ?? among(body.body);
    kept.set(body, known);
    return known;
};

/** Does work while a function runs: a name means the function written in it, though one elsewhere has the same name. */
export const withOwnFunctions = <T>(machine: Machine, { body, file }: FunctionDefinition, work: () => T): T => {
    const { functions } = machine;
    const others = writtenIn(body).flatMap(own => {
        const key = own.name.toLowerCase();
        const other = functions.get(key);
        if (other === undefined || other.body === own.body) return [];
        functions.set(key, file === undefined ? own : { ...own, file });
        return [[key, other] as const];
    });
    try {
        return work();
    } finally {
        for (const [key, other] of others) functions.set(key, other);
    }
};
