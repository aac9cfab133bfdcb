import type { Machine } from "./machine.ts";
import { binary } from "./operators.ts";
import type { Expr, Stmt } from "./syntax.ts";
import { truth } from "./value-elements.ts";

const LOGIC = new Set(["-and", "-or"]);

const decideExpression = (machine: Machine, expression: Expr): boolean | undefined => {
    if (expression.k === "group" && expression.body.length === 1 && expression.body[0] !== undefined) {
        return decide(machine, expression.body[0]);
    }
    if (expression.k === "unary" && (expression.op === "-not" || expression.op === "!")) {
        const of = decideExpression(machine, expression.of);
        return of === undefined ? undefined : !of;
    }
    if (expression.k === "binary" && LOGIC.has(expression.op)) {
        const stops = expression.op === "-or";
        const left = decideExpression(machine, expression.left);
        if (left === stops) return stops;
        const right = decideExpression(machine, expression.right);
        if (right === stops) return stops;
        return left === undefined || right === undefined ? undefined : !stops;
    }
    if (expression.k === "binary") {
        return truth(
            binary(machine, expression.op, machine.evaluate(expression.left), machine.evaluate(expression.right)),
        );
    }
    return truth(machine.evaluate(expression));
};

/** Whether a condition holds; undefined when that depends on what is not known. Calls inside it are followed. */
export const decide = (machine: Machine, condition: Stmt): boolean | undefined => {
    const only = condition.k === "pipe" && condition.elements.length === 1 ? condition.elements[0] : undefined;
    if (only !== undefined && only.k !== "command") return decideExpression(machine, only);
    return truth(machine.valueOf(condition));
};
