import type { Command, Expr, Stmt } from "./syntax.ts";

const CONSTANTS = new Set(["true", "false", "null"]);

const isConstant = (expression: Expr | Command): boolean => {
    switch (expression.k) {
        case "text":
            return expression.parts.every(part => typeof part === "string" || isConstant(part));
        case "var":
            return CONSTANTS.has(expression.name);
        case "cast":
        case "unary":
            return isConstant(expression.of);
        case "binary":
            return isConstant(expression.left) && isConstant(expression.right);
        case "group":
            return expression.body.every(hasConstantValue);
        default:
            return false;
    }
};

/**
 * Whether nothing but constants decides a value, as in `if ($false)`. What such a condition closes no setting opens: it
 * is code that is kept like a comment.
 */
export const hasConstantValue = (statement: Stmt): boolean =>
    statement.k === "pipe" && statement.elements.every(isConstant);
