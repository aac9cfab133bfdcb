import type { Stmt } from "./syntax.ts";

/** The statement lists inside a statement. */
export const bodies = (statement: Stmt): readonly (readonly Stmt[])[] => {
    switch (statement.k) {
        case "if":
            return [...statement.clauses.map(([, body]) => body), statement.otherwise ?? []];
        case "switch":
            return statement.clauses.map(([, body]) => body);
        case "foreach":
        case "loop":
        case "nest":
            return [statement.body];
        case "try":
            return [statement.body, ...statement.catches, statement.last];
        case "pipe":
        case "assign":
        case "flow":
        case "function":
            return [];
    }
};
